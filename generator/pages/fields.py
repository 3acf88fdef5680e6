"""The field reference: every section and key of a playbook, made from the model that reads them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.audience.classes import Audiences
from generator.figures.definitions import DEFINITIONS
from generator.form import FORM
from generator.language import Phrase, phrase, said, say
from generator.model.base import Evidence, Graded, Unknowable
from generator.model.fields import ENTRY, Field, Limits, form_of
from generator.model.kinds import Audience, Kind
from generator.pages.formats import listed, number
from generator.pages.links import anchor, field_href
from generator.pages.page import Menu, PageLayout, SitePage
from generator.pages.tree import Frame
from generator.rules.validate.built_in import KINDS
from generator.rules.validate.references import references

_WORDS: dict[Kind, Phrase] = {
    Kind.MONEY: phrase("an amount"),
    Kind.SHARE: phrase("a share"),
    Kind.YEAR: phrase("a year such as 2026"),
    Kind.NUMBER: phrase("a number"),
    Kind.SCORE: phrase("a number"),
    Kind.DAY: phrase("a day such as 2026-11-30"),
    Kind.TRUTH: phrase("true or false"),
    Kind.CHOICE: phrase("one of"),
    Kind.ID: phrase("an id"),
    Kind.WEB: phrase("a web address"),
    Kind.CURRENCY: phrase("a currency such as EUR"),
    Kind.LINE: phrase("a line of text"),
    Kind.TEXT: phrase("text"),
    Kind.PROSE: phrase("text of several paragraphs"),
}
_WHOLE = phrase("a whole number")
_MANY = 10_000
"""A limit as high as this is a guard, not something a reader needs to know."""


def words_of(field: Field) -> str:
    """What may stand in a field; its allowed words stand in its `choices`."""
    if field.kind is Kind.LIST:
        entry = field.children[ENTRY]
        if entry.kind is Kind.GROUP:
            return say("a list of entries")
        return say("a list, each {kind}", kind=words_of(entry))
    if field.kind is Kind.MAPPING:
        return _mapping(field)
    if field.kind is Kind.GROUP:
        unknown = say("keys of its own, or honestly unknown")
        return unknown if field.may_be_unknown else say("keys of its own")
    if field.kind is Kind.YEAR:
        return said(_WORDS[field.kind])
    words = said(_WHOLE if field.is_whole else _WORDS.get(field.kind, _WORDS[Kind.TEXT]))
    for bound in _bounds(field.limits):
        words = say("{kind}, {bound}", kind=words, bound=bound)
    return words


def _mapping(field: Field) -> str:
    key, entry = field.keys_of_entries, field.children[ENTRY]
    kind = words_of(key) if key else ""
    if key and key.choices:
        kind = say("one of {words}", words=listed(key.choices))
    if entry.kind is Kind.GROUP:
        return say("keys, each {kind}", kind=kind)
    return say("keys, each {kind}, with {value}", kind=kind, value=words_of(entry))


def _bounds(limits: Limits) -> Iterator[str]:
    least, most = limits.at_least, limits.at_most
    low = _plain(least) if least is not None and least > -_MANY else None
    high = _plain(most) if most is not None and most < _MANY else None
    if low is not None and high is not None:
        yield say("{low} to {high}", low=low, high=high)
        return
    if low is not None:
        yield say("{low} or more", low=low)
    if limits.more_than is not None:
        yield say("more than {low}", low=_plain(limits.more_than))
    if high is not None:
        yield say("at most {high}", high=high)
    if limits.less_than is not None:
        yield say("below {high}", high=_plain(limits.less_than))


def _plain(limit: float) -> str:
    """Without separators, as it would be written in the file."""
    return number(limit).replace(",", "")


SHARED = "how-sure"
"""The section that explains evidence once, for every entry that may carry it."""
OPTIONAL = "optional"
"""The section that lists what no rule asks for."""
SEEN_BY: dict[Audience, Phrase] = {
    "public": phrase("anyone"),
    "customer": phrase("the customer and us"),
    "internal": phrase("everyone in our company"),
    "account_team": phrase("the account team"),
    "restricted": phrase("few: restricted"),
}
_POINTS = dict(references())
_EVIDENCE = frozenset(form_of(Graded).keys)
_UNKNOWN = frozenset(form_of(Unknowable).keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A field, with links to what explains it further."""

    field: Field
    takes: str
    points_at: str = ""
    """What an id must be one of, and where it is defined."""
    href: str = ""
    """Where its own keys are listed, from the site's root."""
    seen_by: str = ""
    """Who may see it, where these are others than see its table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTable:
    """The keys of one place in the file."""

    place: str
    """'account.contract'; '' stands for the file itself."""
    anchor: str
    says: str
    rows: tuple[FieldRow, ...]
    seen_by: str = ""
    """Who may see it, where these are others than see its section."""
    has_evidence: bool = False
    may_be_unknown: bool = False


class OutlineKey(NamedTuple):
    """A key in the outline of a section."""

    name: str
    is_needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A place in the file with its keys, and the places nested in it."""

    name: str
    anchor: str
    """The id of its table."""
    keys: tuple[OutlineKey, ...]
    """Those whose own keys are not listed below it."""
    nested: tuple[Outline, ...]
    is_list: bool = False
    """Whether it has any number of entries, each with these keys."""
    is_shared: bool = False
    """Whether others beside it have the same keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRow:
    """A key of the file itself; a section has a page of its own."""

    row: FieldRow
    anchor: str
    page: str
    """Its page from the site's root; empty for a single value."""
    seen_by: str


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """How sure a fact is, the sections with their pages, and what no rule asks for."""
    settings = page.site.settings
    page.section(
        SHARED,
        say("How sure a fact is"),
        sentence=say("A fact is written plain, with its evidence, or honestly unknown."),
        evidence=settings.scoring.evidence,
    )
    page.section(
        "sections",
        say("The sections"),
        sentence=say("What stands at the left edge of the file; each section has a page."),
        rows=tuple(_section_rows(settings.audiences)),
    )
    if groups := settings.rules.optional or ():
        page.section(
            OPTIONAL,
            say("What no rule asks for"),
            sentence=say(
                "Everything else of a strategic plan is asked for by a rule."
                " Nothing can know that a list should have one entry more."
            ),
            groups=groups,
        )
    return {}


def _section_rows(audiences: Audiences) -> Iterator[SectionRow]:
    for name, field in FORM.children.items():
        yield SectionRow(
            row=FieldRow(field=field, takes=words_of(field), points_at=points_at(field)),
            anchor=anchor(name),
            page="" if field.is_leaf else field_href(name),
            seen_by=said(SEEN_BY[audiences.class_of(field.pattern)]),
        )


def lay_out_section(page: PageLayout, name: str) -> Mapping[str, Any]:
    """The keys of a section, those of what is nested in it, and the figures that need it."""
    tables = tables_of(FORM.children[name], page.site.settings.audiences)
    page.head(
        tables=tables,
        whole=outline(tables[0], tables[1:]),
        fields=page.links.to(PAGE.href),
        shared=page.links.to(f"{PAGE.href}#{SHARED}"),
        figures=[
            (say(figure.title), page.links.method(figure.key))
            for figure in DEFINITIONS.values()
            if any(need.partition(".")[0] == name for need in figure.needs)
        ],
    )
    return {"says": tables[0].says}


def outline(table: FieldTable, others: Sequence[FieldTable]) -> Outline:
    """A table as the root of a tree of those that are nested in it."""
    targets = [row.href.partition("#")[2] for row in table.rows]
    nested = {
        other.anchor: replace(
            outline(other, others),
            is_list=row.field.kind is Kind.LIST,
            is_shared=targets.count(other.anchor) > 1,
        )
        for row in table.rows
        for other in others
        if other.anchor == anchor(row.field.pattern)
    }
    return Outline(
        name=table.place.rpartition(".")[2],
        anchor=table.anchor,
        keys=tuple(
            OutlineKey(row.field.name, row.field.is_required)
            for row, target in zip(table.rows, targets, strict=True)
            if target not in nested or nested[target].is_shared
        ),
        nested=tuple(nested.values()),
    )


def sections_of(audiences: Audiences) -> Iterator[tuple[str, tuple[FieldTable, ...]]]:
    """Each section's name and tables."""
    for field in FORM.children.values():
        if not field.is_leaf:
            yield field.name, tables_of(field, audiences)


def tables_of(section: Field, audiences: Audiences) -> tuple[FieldTable, ...]:
    """A section's own keys first, then those of what is nested in it."""
    seen_by = said(SEEN_BY[audiences.class_of(section.pattern)])
    first, *nested = _tables(section, section, audiences)
    return (replace(first, says=section.meaning, seen_by=seen_by), *nested)


class _Explained(NamedTuple):
    """Where the keys of a group are listed, once for all places that have it: in the first."""

    pattern: str
    href: str


@functools.cache
def _explained() -> Mapping[type[BaseModel], _Explained]:
    """By group; the form is the same on every page."""
    explained: dict[type[BaseModel], _Explained] = {
        Evidence: _Explained("", f"{PAGE.href}#{SHARED}")
    }
    for section in FORM.children.values():
        _explain(section, section, explained)
    return explained


def _explain(field: Field, section: Field, explained: dict[type[BaseModel], _Explained]) -> None:
    if field.is_leaf or field.model is None or field.model in explained:
        return
    at = "" if field is section else f"#{anchor(field.pattern)}"
    explained[field.model] = _Explained(field.pattern, f"{field_href(section.name)}{at}")
    for inner in _own_fields(field):
        _explain(inner, section, explained)


def _tables(field: Field, section: Field, audiences: Audiences) -> Iterator[FieldTable]:
    place = field.pattern
    if field.is_leaf or field.model is None or _explained()[field.model].pattern != place:
        return
    nested: list[FieldTable] = []
    rows = []
    for inner in _own_fields(field):
        nested.extend(_tables(inner, section, audiences))
        rows.append(_row(inner, field, audiences))
    yield FieldTable(
        place=place.replace(".*", ""),
        anchor=anchor(place),
        says=field.meaning,
        rows=tuple(rows),
        seen_by=_others(field, section, audiences),
        has_evidence=issubclass(field.model, Graded),
        may_be_unknown=issubclass(field.model, Unknowable),
    )
    yield from nested


def _others(field: Field, around: Field, audiences: Audiences) -> str:
    """Who may see a field, where these are others than see what is around it."""
    own, outer = (audiences.class_of(each.pattern) for each in (field, around))
    return said(SEEN_BY[own]) if own != outer else ""


def _own_fields(field: Field) -> Iterator[Field]:
    """The fields that are not explained once for all."""
    holder = field.entry if field.has_entries and field.entry else field
    shared: frozenset[str] = frozenset()
    if holder.takes_evidence:
        shared |= _EVIDENCE
    if holder.may_be_unknown:
        shared |= _UNKNOWN
    return (inner for inner in holder.children.values() if inner.name not in shared)


def kind_of_ids(field: Field) -> str | None:
    """Of what kind of KINDS the ids are that a field takes; None where it takes none."""
    return _POINTS.get(field.pattern) or _POINTS.get(f"{field.pattern}.{ENTRY}")


def points_at(field: Field) -> str:
    """What an id must be one of, and where these are defined; '' where it points nowhere."""
    kind = kind_of_ids(field)
    if kind is None:
        return ""
    target = KINDS[kind]
    return say("{kind} in {place}", kind=say(target.name), place=say(target.place))


def _row(field: Field, around: Field, audiences: Audiences) -> FieldRow:
    return FieldRow(
        field=field,
        takes=words_of(field),
        points_at=points_at(field),
        href="" if field.is_leaf or field.model is None else _explained()[field.model].href,
        seen_by=_others(field, around, audiences),
    )


PAGE = SitePage(
    path="fields/index.md",
    title=phrase("Fields"),
    description=phrase("Every section and key of a playbook."),
    lay_out=lay_out,
    menu=Menu.TOP,
    has_contents=True,
)


def _section_page(name: str) -> SitePage:
    return SitePage(
        path=f"fields/{anchor(name)}.md",
        title=name,
        description=phrase(FORM.children[name].meaning),
        lay_out=lambda page: lay_out_section(page, name),
        menu=Menu.NONE,
        shared_template="fields/section.html.j2",
        frame=Frame.NEAR,
    )


SECTION_PAGES = tuple(
    _section_page(name) for name, field in FORM.children.items() if not field.is_leaf
)
"""A page for each section of a playbook."""
