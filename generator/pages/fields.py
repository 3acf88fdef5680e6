"""The field reference: every section and key of a playbook, made from the model that reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import BaseModel

from generator.audience.classes import Audiences
from generator.language import Phrase, phrase, said, say
from generator.model.base import Evidence, Graded, Unknowable
from generator.model.form import ENTRY, FORM, Field, form_of
from generator.model.kinds import Audience
from generator.pages.field_words import words_of
from generator.pages.links import anchor
from generator.pages.site import Site
from generator.pages.skeleton import SkeletonSection, page_markdown
from generator.pages.tree import Page
from generator.rules.validate.built_in import KINDS
from generator.rules.validate.references import references

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
class Row:
    """A field, with links to what explains it further."""

    field: Field
    takes: str
    points_at: str = ""
    """What an id must be one of, and where it is defined."""
    href: str = ""
    """Where its own keys are listed."""
    seen_by: str = ""
    """Who may see it, where these are others than see its table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The keys of one place in the file."""

    place: str
    """'account.contract'; '' stands for the file itself."""
    anchor: str
    says: str
    rows: tuple[Row, ...]
    seen_by: str = ""
    """Who may see it, where these are others than see its section."""
    has_evidence: bool = False
    may_be_unknown: bool = False


def field_pages(site: Site) -> Iterator[Page]:
    """fields/index."""
    sections = tuple(sections_of(FORM, site.settings.audiences))
    evidence = site.settings.scoring.evidence
    fragments = {
        SHARED: site.engine.render_exactly(
            "fields/how_sure.html.j2", evidence=evidence, label=site.settings.label
        )
    }
    groups = site.settings.rules.optional or ()
    if groups:
        fragments[OPTIONAL] = site.engine.render("fields/optional.html.j2", groups=groups)
    for name, tables in sections:
        fragments[anchor(name)] = site.engine.render(
            "fields/section.html.j2", tables=tables, shared=SHARED
        )
    yield Page(
        path="fields/index.md",
        markdown=_markdown(sections, (_optional(),) if groups else ()),
        fragments=fragments,
    )


def _markdown(
    sections: tuple[tuple[str, tuple[Table, ...]], ...], more: tuple[SkeletonSection, ...]
) -> str:
    told = [
        SkeletonSection(anchor=anchor(name), title=name, sentence=say(tables[0].says))
        for name, tables in sections
    ]
    return page_markdown(
        title=say("Fields"),
        description=say("Every section and key of a playbook."),
        sentence=say(
            "A playbook is one YAML file an account. Only what is marked 'needed' must be there;"
            " what else is missing shows as missing, never as zero."
        ),
        sections=[
            SkeletonSection(
                anchor=SHARED,
                title=say("How sure a fact is"),
                sentence=say("A fact is written plain, with its evidence, or honestly unknown."),
            ),
            *told,
            *more,
        ],
    )


def _optional() -> SkeletonSection:
    return SkeletonSection(
        anchor=OPTIONAL,
        title=say("What no rule asks for"),
        sentence=say(
            "Everything else of a strategic plan is asked for by a rule."
            " Nothing can know that a list should have one entry more."
        ),
    )


def sections_of(root: Field, audiences: Audiences) -> Iterator[tuple[str, tuple[Table, ...]]]:
    """Each section's name and tables: its own keys first, then those of what is nested in it."""
    explained: dict[type[BaseModel], str] = {Evidence: SHARED}
    for field in root.children.values():
        place = anchor(field.name)
        seen_by = said(SEEN_BY[audiences.class_of(field.pattern)])
        if field.is_leaf:
            rows = (_row(field, field, audiences, explained),)
            only = Table(place="", anchor=place, says=field.meaning, rows=rows, seen_by=seen_by)
            yield field.name, (only,)
            continue
        first, *nested = _tables(field, field, audiences, explained)
        yield field.name, (replace(first, says=field.meaning, seen_by=seen_by), *nested)


def _tables(
    field: Field, section: Field, audiences: Audiences, explained: dict[type[BaseModel], str]
) -> Iterator[Table]:
    if field.is_leaf or field.model is None or field.model in explained:
        return
    place = field.pattern
    explained[field.model] = anchor(place)
    nested: list[Table] = []
    rows = []
    for inner in _own_fields(field):
        nested.extend(_tables(inner, section, audiences, explained))
        rows.append(_row(inner, field, audiences, explained))
    yield Table(
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
    own, outer = (audiences.class_of(one.pattern) for one in (field, around))
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


def _row(
    field: Field, around: Field, audiences: Audiences, explained: dict[type[BaseModel], str]
) -> Row:
    kind = _POINTS.get(field.pattern) or _POINTS.get(f"{field.pattern}.{ENTRY}")
    points_at = ""
    if kind:
        word, where, _ = KINDS[kind]
        points_at = say("{kind} in {place}", kind=say(word), place=say(where))
    return Row(
        field=field,
        takes=words_of(field),
        points_at=points_at,
        href="" if field.is_leaf or field.model is None else f"#{explained[field.model]}",
        seen_by=_others(field, around, audiences),
    )
