"""What an account's page may ask of its account: names, labels, lines, links."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from generator.figures import Account, Figure
from generator.figures.attention import is_ruled_out
from generator.figures.conclusion import deal_outcome
from generator.figures.name import steps_of, words_of_id
from generator.figures.place import Place
from generator.form import FORM, Playbook
from generator.form.account import TeamMember
from generator.language import phrase, said, say
from generator.model.base import Fact
from generator.pages import formats
from generator.pages.links import Links, account_href, host_href
from generator.pages.shell import Shell, shell_of
from generator.pages.site import Site
from generator.pages.why import Explainer, WaitingFigure, Why, family, why_anchor
from generator.pages.words import Sureness, mark_of, title_of
from generator.problems import Problem
from generator.read import Document
from generator.read.document import DataPath
from generator.rules.gate.together import SectionGaps, gaps_by_section
from generator.settings import Settings

_TITLES = (
    *("name", "doubt", "statement", "what", "item", "issue", "decision", "reason", "factor"),
    *("attribute", "practice", "to"),
)
"""Fields that say what an entry is; the first that is filled in counts."""
_CATALOGUES = {"activity": "activities", "type": "recognition"}
"""Fields whose word has its label in a catalogue of site_config."""
NAME_SIGNS = 70


def entry_names(account: Account, settings: Settings) -> Mapping[tuple[str, ...], str]:
    """What readers call each entry, by the steps of its path as inputs have it."""
    if account.playbook is None:
        return {}
    root = Place(account.playbook, account.document.marks)
    return dict(_entries_named(root, settings))


def _entries_named(place: Place, settings: Settings) -> Iterator[tuple[tuple[str, ...], str]]:
    node = place.node
    if isinstance(node, tuple):
        for index, entry in enumerate(node):
            inner = place.into(index)
            title = _title(entry, settings)
            if title:
                yield steps_of(inner.name), formats.shortened(title, NAME_SIGNS)
            yield from _entries_named(inner, settings)
    elif isinstance(node, Mapping):
        for key in node:
            inner = place.into(key)
            label = settings.catalogue.offerings.get(key)
            if place.name == "offerings" and label is not None:
                yield steps_of(inner.name), label.label.in_language(settings.site.language)
            yield from _entries_named(inner, settings)
    elif isinstance(node, BaseModel):
        for field, value in node:
            if isinstance(value, (tuple, Mapping, BaseModel)):
                yield from _entries_named(place.into(field.removesuffix("_")), settings)


def _title(entry: Any, settings: Settings) -> str:
    """What an entry says it is; else its word of a catalogue, its day, its author, its id."""
    if not isinstance(entry, BaseModel):
        return ""
    fields = dict(entry)
    for field in _TITLES:
        if fields.get(field):
            return str(fields[field])
    for field, kind in _CATALOGUES.items():
        known = getattr(settings.catalogue, kind).get(fields.get(field))
        if known is not None:
            return str(known.label.in_language(settings.site.language))
    if fields.get("date"):
        return formats.day(fields["date"])
    by = fields.get("id") if isinstance(entry, TeamMember) else fields.get("by")
    person = settings.team.people.get(by or "")
    return person.name if person else formats.opening(words_of_id(str(fields.get("id") or "")))


@dataclass(slots=True, kw_only=True)
class AccountView:
    """What the templates of an account's page may ask; made for one page and thrown away."""

    site: Site
    account: Account
    links: Links
    explainer: Explainer

    @property
    def is_read(self) -> bool:
        """Whether the account's file could be read."""
        return self.account.playbook is not None

    @property
    def playbook(self) -> Playbook:
        """The playbook of an account whose file could be read."""
        if self.account.playbook is None:
            raise ValueError(f"{self.account.id} could not be read")
        return self.account.playbook

    @property
    def shell(self) -> Shell:
        """The links above the page."""
        return shell_of(self.site, self.account, self.links)

    @property
    def is_judged(self) -> bool:
        """Whether findings and completeness are told."""
        return self.site.portfolio.is_judged

    @property
    def mistakes(self) -> tuple[Problem, ...]:
        """The findings about what is written."""
        return tuple(finding for finding in self.account.findings if not finding.lacks)

    @property
    def gaps(self) -> tuple[SectionGaps, ...]:
        """The findings about what is not written, section by section."""
        rules = [rule.id for rule in self.site.settings.rules.rules]
        return gaps_by_section(self.account.findings, rules)

    def rule_title(self, rule_id: str) -> str:
        """What a rule is called."""
        rules = self.site.settings.rules.rules
        titles = (rule.title for rule in rules if rule.id == rule_id)
        return say(next(titles, None) or rule_id)

    @property
    def today(self) -> datetime.date:
        """The day of the site."""
        return self.site.today

    @property
    def currency(self) -> str:
        """The account's currency, or nothing."""
        economics = self.playbook.economics if self.is_read else None
        return (economics.currency if economics else None) or ""

    def value(self, key: str) -> Any:
        """A figure's value; None when it is not known or not computed."""
        figure = self.account.figures.get(key)
        return figure.value if figure else None

    def figure(self, key: str) -> Figure | None:
        """A figure."""
        return self.account.figures.get(key)

    def whys(self, keys: Sequence[str]) -> tuple[Why, ...]:
        """The whys of those figures that are known, each with its family."""
        families = [[self.account.figures[member] for member in self._known(key)] for key in keys]
        return self.explainer.whys([known for known in families if known])

    def _known(self, key: str) -> list[str]:
        return [member for member in family(key) if self.value(member) is not None]

    def unknown(self, keys: Sequence[str]) -> tuple[WaitingFigure, ...]:
        """Those figures that are not known but would be with more input."""
        figures = [self.account.figures.get(member) for key in keys for member in family(key)]
        return tuple(
            WaitingFigure(
                title=title_of(figure.key),
                missing=tuple(said(name) for name in figure.missing),
                waits_on=tuple(said(name) for name in figure.waits_on),
            )
            for figure in figures
            if figure is not None and figure.value is None and (figure.missing or figure.waits_on)
        )

    def label(self, group: str, word: str | None) -> str:
        """A word as readers see it; a dash when there is none."""
        return self.site.settings.label(group, word) if word else "–"

    def person(self, id: str | None) -> str:
        """One of us by name; the id where the team has no such person."""
        if id is None:
            return "–"
        person = self.site.settings.team.people.get(id)
        return person.name if person else words_of_id(id)

    def contact(self, id: str | None) -> str:
        """One of them by name."""
        return (self.explainer.names.get(id) or words_of_id(id)) if id else "–"

    def action(self, id: str) -> str:
        """An action by what is to be done."""
        return self.explainer.entries.get(("actions", id)) or words_of_id(id)

    def catalogue(self, kind: str, id: str | None) -> str:
        """A catalogue entry by its label."""
        if id is None:
            return "–"
        entries = getattr(self.site.settings.catalogue, kind)
        if kind == "sizes":
            entries = {band.id: band for band in entries}
        entry = entries.get(id)
        return entry.label.in_language(self.site.settings.site.language) if entry else id

    def other(self, id: str) -> tuple[str, str | None]:
        """Another account by name with its address; a plain name has none."""
        account = self.site.portfolio.account(id)
        if account is None:
            return id, None
        return account.name, self.links.to(account_href(account.id))

    def line(self, *path: str | int) -> str:
        """The address of a value's line in the YAML."""
        place = self.account.document.value_place(path)
        return self.links.source(self.account.id, place.line)

    def host(self) -> str | None:
        """The file on the team's git host."""
        url = self.site.settings.site.source_url
        return host_href(url, self.account.document.path, 1)

    def edit(self, *path: str | int) -> str | None:
        """Where a value, or the file, is edited on the team's git host.

        Of a section that lacks, where it would be written; None where site.yaml names no editor.
        """
        line = line_to_write(self.account.document, path) if path else 1
        return self.edit_line(line)

    def edit_line(self, line: int) -> str | None:
        """The same at a line of the file."""
        return host_href(self.site.settings.site.edit_url, self.account.document.path, line)

    def mark(self, key: str) -> Sureness | None:
        """How sure a figure is."""
        figure = self.figure(key)
        return mark_of(figure) if figure else None

    @property
    def is_ruled_out(self) -> bool:
        """Whether they are no customer and do not qualify."""
        return self.account.case is not None and is_ruled_out(self.account.case)

    @property
    def deal_outcome(self) -> str | None:
        """The verdict on the deal as readers are told it."""
        return deal_outcome(self.account.figures)

    def title(self, key: str) -> str:
        """A figure's title."""
        return title_of(key)

    def word(self, key: str) -> str:
        """A figure's value in words."""
        figure = self.figure(key)
        return self.explainer.shown(figure) if figure else ""

    def document_has(self, *path: str | int) -> bool:
        """Whether a key stands in the file."""
        return self.account.document.has(path)

    def children(self) -> list[tuple[str, str]]:
        """Accounts that name this one as their parent, with their addresses."""
        return [
            (account.name, self.links.account(account.id))
            for account in self.site.portfolio.accounts
            if account.playbook is not None and account.playbook.account.parent == self.account.id
        ]

    def rival(self, id: str) -> str:
        """A rival by name."""
        competition = self.playbook.competition
        rivals = (competition.rivals if competition else None) or ()
        names = (rival.name for rival in rivals if rival.id == id)
        return next(names, None) or words_of_id(id)

    def fields(self, entry: Any) -> list[tuple[str, Any]]:
        """What is filled in of a group of fields, in the model's order; names are phrases."""
        return [(phrase(name.replace("_", " ")), value) for name, value in _filled(entry)]

    def filled(self, entry: Any) -> list[tuple[str, Any]]:
        """What is filled in of a group of fields, in the model's order, by the fields' ids."""
        return _filled(entry)

    def comparisons(self, rival: Any) -> list[tuple[str, Any]]:
        """The seven comparisons with a rival that are filled in."""
        return self.fields(rival.comparisons)

    def known(self, fact: Any) -> Any:
        """A fact's value, whichever way it was written; None when missing or unknown."""
        return fact.value if isinstance(fact, Fact) else fact


def line_to_write(document: Document, path: DataPath) -> int:
    """The line of a value; of a section that lacks, where the form wants it to stand."""
    if document.has(path) or len(path) > 1:
        return document.key_place(path).line
    keys = FORM.keys
    for key in keys[keys.index(str(path[0])) :]:
        if document.has((key,)):
            return document.key_place((key,)).line
    return max(1, document.text.rstrip().count("\n") + 1)


def view_of(
    site: Site,
    account: Account,
    *,
    here: str | None = None,
    anchor_of: Callable[[str], str] = why_anchor,
) -> AccountView:
    """The view for an account's page.

    `here` is the page's address where it is not the account's own, `anchor_of` where a figure
    opens on it.
    """
    links = Links(here=here or account_href(account.id))
    accounts = {each.id: each.name for each in site.portfolio.accounts}
    return AccountView(
        site=site,
        account=account,
        links=links,
        explainer=Explainer(
            account=account.id,
            settings=site.settings,
            links=links,
            names={
                **{id: person.name for id, person in site.settings.team.people.items()},
                **_names(account),
            },
            accounts=accounts,
            entries=_entries(site, account, accounts),
            overrides=_overrides(site, account),
            remarks=_remarks(account),
            case=account.case,
            anchor_of=anchor_of,
            currency=(account.case.currency if account.case else None) or "",
        ),
    )


def _entries(
    site: Site, account: Account, accounts: Mapping[str, str]
) -> Mapping[tuple[str, ...], str]:
    """What entries are called; those that name another account by its id as that account is."""
    return {
        steps: accounts.get(name, name) if steps[:-1] == _LINKS else name
        for steps, name in entry_names(account, site.settings).items()
    }


_LINKS = ("relationship", "links")


def _names(account: Account) -> dict[str, str]:
    """Names of contacts by id."""
    plan = account.playbook
    if plan is None:
        return {}
    contacts = (plan.relationship.contacts if plan.relationship else None) or ()
    return {contact.id: contact.name or words_of_id(contact.id) for contact in contacts}


def _remarks(account: Account) -> dict[str, str]:
    """Answers, notes and sources that stand beside inputs, by the input's name."""
    plan = account.playbook
    if plan is None:
        return {}
    remarks = {}
    for name, answer in _filled(plan.qualification):
        remarks[f"qualification.{name}"] = _with_source(getattr(answer, "answer", None), answer)
    for name, fact in _filled(plan.economics):
        remarks[f"economics.{name}"] = _with_source(None, fact)
    for pan in ("values", "costs"):
        for name, line in _filled(getattr(plan.value, pan) if plan.value else None):
            remarks[f"value.{pan}.{name}"] = _with_source(line.note, line)
    return {name: remark for name, remark in remarks.items() if remark}


def _filled(section: Any) -> list[tuple[str, Any]]:
    if section is None:
        return []
    named = ((name, getattr(section, name)) for name in type(section).model_fields)
    return [(name, value) for name, value in named if value is not None]


def _with_source(text: str | None, entry: Any) -> str:
    """A text and the source of an entry."""
    return say("; ").join(part for part in (text, getattr(entry, "source", None)) if part)


def _overrides(site: Site, account: Account) -> dict[str, str]:
    """By figure what a colleague holds it to be instead, in a sentence."""
    people = site.settings.team.people
    sentences = {}
    for override in (account.playbook.overrides if account.playbook else None) or ():
        who = people[override.by].name if override.by in people else override.by or say("someone")
        what = override.value or say("otherwise")
        holds = say("{who} holds it to be {what}", who=who, what=what)
        sentences[override.figure] = (
            say("{view}: {reason}", view=holds, reason=override.reason)
            if override.reason
            else holds
        )
    return sentences
