"""The field reference: every section and key of a playbook, made from the model that reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import BaseModel

from generator.language import say
from generator.model import Playbook
from generator.model.base import Evidence, Graded, Unknowable
from generator.render.field_words import FieldRow, rows_of
from generator.render.links import anchor
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page
from generator.validate.references import KINDS, REFERENCES

SHARED = "how-sure"
"""The section that explains evidence once, for every entry that may carry it."""
OPTIONAL = "optional"
"""The section that lists what no rule asks for."""
_POINTS = dict(REFERENCES)
_EVIDENCE = frozenset(Graded.model_fields)
_UNKNOWN = frozenset(Unknowable.model_fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A field, with links to what explains it further."""

    field: FieldRow
    points_at: str = ""
    """What an id must be one of, and where it is defined."""
    href: str = ""
    """Where its own keys are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The keys of one place in the file."""

    place: str
    """'account.contract'; '' stands for the file itself."""
    anchor: str
    says: str
    rows: tuple[Row, ...]
    has_evidence: bool = False
    may_be_unknown: bool = False


def field_pages(site: Site) -> Iterator[Page]:
    """fields/index."""
    sections = tuple(sections_of(Playbook))
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


def sections_of(root: type[BaseModel]) -> Iterator[tuple[str, tuple[Table, ...]]]:
    """Each section's name and tables: its own keys first, then those of what is nested in it."""
    explained: dict[type[BaseModel], str] = {Evidence: SHARED}
    for field in rows_of(root):
        if field.kind.model is None:
            row = Row(field=field)
            only = Table(place="", anchor=anchor(field.key), says=field.says, rows=(row,))
            yield field.key, (only,)
            continue
        tables = tuple(_tables(field, field.key, explained))
        yield field.key, (replace(tables[0], says=field.says), *tables[1:])


def _tables(field: FieldRow, place: str, explained: dict[type[BaseModel], str]) -> Iterator[Table]:
    model = field.kind.model
    if model is None or model in explained:
        return
    explained[model] = anchor(place)
    pattern = f"{place}.*" if field.kind.is_many else place
    nested: list[Table] = []
    rows = []
    for inner in _own_rows(model):
        inner_place = f"{pattern}.{inner.key}"
        nested.extend(_tables(inner, inner_place, explained))
        rows.append(_row(inner, inner_place, explained))
    yield Table(
        place=place.replace(".*", ""),
        anchor=anchor(place),
        says=field.says,
        rows=tuple(rows),
        has_evidence=issubclass(model, Graded),
        may_be_unknown=issubclass(model, Unknowable),
    )
    yield from nested


def _own_rows(model: type[BaseModel]) -> Iterator[FieldRow]:
    """The fields that are not explained once for all."""
    shared: frozenset[str] = frozenset()
    if issubclass(model, Graded):
        shared |= _EVIDENCE
    if issubclass(model, Unknowable):
        shared |= _UNKNOWN
    return (row for row in rows_of(model) if row.key not in shared)


def _row(field: FieldRow, place: str, explained: dict[type[BaseModel], str]) -> Row:
    kind = _POINTS.get(place) or _POINTS.get(f"{place}.*")
    points_at = ""
    if kind:
        word, where = KINDS[kind]
        points_at = say("{kind} in {place}", kind=say(word), place=say(where))
    model = field.kind.model
    return Row(field=field, points_at=points_at, href=f"#{explained[model]}" if model else "")
