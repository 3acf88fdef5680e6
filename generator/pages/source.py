"""The YAML as pages with a line to point at: each playbook, and each file of site_config."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.figures import Account
from generator.language import said, say
from generator.pages.encoder import as_html
from generator.pages.links import (
    Links,
    host_href,
    own_settings_href,
    shipped_settings_href,
    source_href,
)
from generator.pages.shell import Shell, shell_of
from generator.pages.site import Site
from generator.pages.tree import Frame, FramedPage, StaticFile
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
    frame: Frame
    shell: Shell | None = None
    """The links above it, of an account's file."""
    findings: tuple[Problem, ...] = ()


def source_pages(site: Site) -> Iterator[FramedPage]:
    """accounts/<id>/source.html for each account."""
    for account in site.accounts_with_pages:
        href = source_href(account.id)
        yield _page(
            site,
            SourceText(
                document=account.document,
                title=account.name,
                href=href,
                frame=Frame.ACCOUNT,
                shell=shell_of(site, account, Links(here=href)),
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


def settings_pages(site: Site) -> Iterator[FramedPage | StaticFile]:
    """settings/<file>.html for each file of the firm's own, settings/shipped/<file>.html for ours.

    And the style of all such pages.
    """
    yield StaticFile(path=STYLE, content=site.engine.render_exactly("source.css").encode())
    for name, document in sorted(site.settings.documents.items()):
        if isinstance(document, LaidOver):
            yield _settings_page(site, document.shipped, shipped_settings_href(name), Frame.DEEP)
        if not document.is_empty:
            yield _settings_page(site, document, own_settings_href(name), Frame.NEAR)


def _settings_page(site: Site, document: Document, href: str, frame: Frame) -> FramedPage:
    title = f"{document.stem}.yaml"
    return _page(site, SourceText(document=document, title=title, href=href, frame=frame))


def _page(site: Site, text: SourceText) -> FramedPage:
    links, path = Links(here=text.href), text.document.path
    html = site.engine.render_exactly(
        "source.html.j2",
        text=text,
        method=links.to("method/index.html"),
        style=links.to(STYLE),
        edit=host_href(site.settings.site.edit_url, path, 1),
        host=host_href(site.settings.site.source_url, path, 1),
        lines=Markup(marked_lines(text.document.text, text.findings)),  # noqa: S704 - escaped there
    )
    return FramedPage(
        path=text.href,
        frame=text.frame,
        title=say("{title}: {path}", title=text.title, path=path),
        description=say("The file {path}, line by line.", path=path),
        html=html,
    )


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
