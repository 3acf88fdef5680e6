"""The YAML as pages with a line to point at: each playbook, and each file of site_config."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.figures import Account
from generator.language import said, say
from generator.pages.brand import favicon_path
from generator.pages.encoder import as_html
from generator.pages.links import (
    Links,
    account_href,
    host_href,
    icon_href,
    own_settings_href,
    shipped_settings_href,
    source_href,
)
from generator.pages.site import Site
from generator.pages.tree import StaticFile
from generator.problems import Problem
from generator.read import Document
from generator.rules.gate.together import file_by_file
from generator.settings.overlay import LaidOver

STYLE = "assets/source.css"
NEW_LINE = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """One file as its page shows it."""

    document: Document
    title: str
    href: str
    """Its own address from the site's root."""
    back: str
    """Where its link leads back to."""
    back_title: str
    findings: tuple[Problem, ...] = ()


def source_pages(site: Site) -> Iterator[StaticFile]:
    """accounts/<id>/source.html for each account."""
    for account in site.accounts_with_pages:
        yield _page(
            site,
            SourceText(
                document=account.document,
                title=account.name,
                href=source_href(account.id),
                back=account_href(account.id),
                back_title=account.name,
                findings=tuple(_in_groups(account, site)),
            ),
        )


def _in_groups(account: Account, site: Site) -> Iterator[Problem]:
    """Its findings; all that a section lacks as one of them, at the place of the first."""
    rules = [rule.id for rule in site.settings.rules.rules]
    for each in file_by_file(account.findings, rules):
        if isinstance(each, Problem):
            yield each
        elif len(each.findings) == 1:
            yield each.first
        else:
            yield replace(
                each.first,
                level=each.level,
                rule=", ".join(each.by_rule),
                message=each.sentence,
            )


def settings_pages(site: Site) -> Iterator[StaticFile]:
    """settings/<file>.html for each file of the firm's own, settings/shipped/<file>.html for ours.

    And the style of all such pages.
    """
    yield StaticFile(path=STYLE, content=site.engine.render_exactly("source.css").encode())
    for name, document in sorted(site.settings.documents.items()):
        if isinstance(document, LaidOver):
            yield _settings_page(site, document.shipped, shipped_settings_href(name))
        if not document.is_empty:
            yield _settings_page(site, document, own_settings_href(name))


def _settings_page(site: Site, document: Document, href: str) -> StaticFile:
    return _page(
        site,
        SourceText(
            document=document,
            title=f"{document.stem}.yaml",
            href=href,
            back="method/index.html",
            back_title=say("Method"),
        ),
    )


def _page(site: Site, text: SourceText) -> StaticFile:
    links, path = Links(here=text.href), text.document.path
    html = site.engine.render_exactly(
        "source.html.j2",
        text=text,
        back=links.to(text.back),
        style=links.to(STYLE),
        icon=icon_href(favicon_path(site.settings), links),
        edit=host_href(site.settings.site.edit_url, path, 1),
        host=host_href(site.settings.site.source_url, path, 1),
        language=site.settings.site.language,
        lines=Markup(marked_lines(text.document.text, text.findings)),  # noqa: S704 - escaped there
    )
    return StaticFile(path=text.href, content=html.encode())


def marked_lines(text: str, findings: Iterable[Problem]) -> str:
    """Each line with its id and the findings about it; the numbers are drawn by the style.

    Hundreds of thousands of lines pass here, so markup is short:
    an item of a list needs no end tag.
    """
    lines = as_html(text).replace("\r", "").split("\n")
    notes = _notes(findings, len(lines))
    if not lines[-1] and len(lines) not in notes:
        del lines[-1]  # what ends in a new line has no line after it, unless a finding is there
    return "".join(
        # a finding is a block and ends its line by itself
        f"<li id=L{number}>{line}{notes.get(number, NEW_LINE)}"
        for number, line in enumerate(lines, start=1)
    )


def _notes(findings: Iterable[Problem], last: int) -> Mapping[int, str]:
    """Findings as HTML by line; what points past the end stands at the last line."""
    notes: dict[int, str] = {}
    for finding in findings:
        line = min(max(finding.line, 1), last)
        note = Markup("<b class={}>{}: {} [{}]</b>").format(
            finding.level, say(finding.level), said(finding.message), finding.rule
        )
        notes[line] = notes.get(line, "") + str(note)
    return notes
