"""The index over the form: of one mind with the schema, and right about each kind of field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ForwardRef, Literal

import pytest

from generator.form import FORM, Playbook, leaf_patterns
from generator.form.ids import ContactId, PersonId
from generator.model import faults_of
from generator.model.base import MoneyFact, Section, ShareFact, Strict, about, needed
from generator.model.fields import ENTRY, Limits, form_of
from generator.model.kinds import Kind
from generator.model.scalars import Day, Line, Slug, Year
from generator.outputs.form_schema import json_schema
from tests.everything import everything_playbook


class Gift(Strict):
    """Something given."""

    id: PersonId = needed("Who.")
    worth: MoneyFact | None = about("How much.", unit="money", audience="restricted")


class Sheet(Section):
    """A form of a few fields."""

    year: Year = needed("When.", example=2026)
    kind_: Literal["one", "two"] | None = about("Which.", key="kind", audience="customer")
    people: tuple[ContactId, ...] | None = about("Who.")
    gifts: tuple[Gift, ...] | None = about("What.")
    by_day: dict[Day, dict[Slug, Line]] | None = about("More.")
    inner: tuple[Sheet, ...] | None = about("The same again.")


class Early(Strict):
    """Has what is declared below it."""

    late: Late = needed("What.")


EARLY_FIELDS = dict(Early.model_fields)
"""As they are before pydantic has looked at the class again."""


class Late(Strict):
    """Is declared below what has it."""

    day: Day = needed("When.")


SHEET = form_of(Sheet)


def test_a_field_knows_what_its_class_says() -> None:
    year, kind, worth = (SHEET.find(pattern) for pattern in ("year", "kind", "gifts.*.worth"))
    assert year is not None
    assert kind is not None
    assert worth is not None
    assert (year.kind, year.is_required, year.is_whole) == (Kind.YEAR, True, True)
    assert (year.meaning, year.example, year.limits) == (
        "When.",
        2026,
        Limits(at_least=1900, at_most=2200),
    )
    assert (kind.attribute, kind.choices, kind.audience) == ("kind_", ("one", "two"), "customer")
    assert (worth.kind, worth.is_fact, worth.unit) == (Kind.MONEY, True, "money")
    assert (worth.takes_evidence, worth.may_be_unknown, worth.audience) == (
        True,
        True,
        "restricted",
    )


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        (("year",), "year"),
        (("year", "more"), None),
        (("people", 3), "people.*"),
        (("people", "x"), None),
        (("gifts", 0, "worth", "value"), "gifts.*.worth.value"),
        (("gifts", "worth"), None),
        (("by_day", "2026-01-01", "any-id"), "by_day.*.*"),
        (("by_day", 0), None),
        (("inner", 0, "inner", 1, "year"), "inner.*.inner.*.year"),
        (("*",), None),
        (("evidence", "grade"), "evidence.grade"),
    ],
)
def test_a_place_is_found_by_its_path(path: tuple[str | int, ...], pattern: str | None) -> None:
    field = SHEET.at(path)
    assert (field and field.pattern) == pattern


def test_a_place_is_found_by_its_pattern() -> None:
    fields = [
        SHEET.find(pattern)
        for pattern in ("gifts.*.id", "gifts.0.id", "gifts.id", "by_day.*.*", "")
    ]
    assert [field and field.pattern for field in fields] == [
        "gifts.*.id",
        None,
        None,
        "by_day.*.*",
        None,
    ]


def test_a_path_becomes_a_pattern_also_where_the_form_has_none() -> None:
    assert SHEET.pattern_of(("gifts", 2, "worth")) == "gifts.*.worth"
    assert SHEET.pattern_of(("by_day", "2026-01-01")) == "by_day.*"
    assert SHEET.pattern_of(("stranger", 2, "key")) == "stranger.*.key"


def test_ids_say_what_they_point_to() -> None:
    people, giver = SHEET.find("people.*"), SHEET.find("gifts.*.id")
    assert (people and people.points_to, giver and giver.points_to) == ("contact", "person")


def test_keys_come_in_the_order_of_the_form() -> None:
    assert SHEET.keys == ("evidence", "year", "kind", "people", "gifts", "by_day", "inner")
    loss = FORM.find("risk.own.*")
    assert loss is not None
    assert loss.form_order[-3:] == ("grade", "as_of", "source")
    assert loss.keys[:3] == ("grade", "as_of", "source")
    assert form_of(ShareFact).form_order[:2] == ("value", "grade")


def test_what_is_filled_in_is_found_with_its_field() -> None:
    data = {"year": "2026", "gifts": [{"id": "a", "worth": "5"}], "by_day": {}}
    sheet, faults = faults_of(Sheet, data)
    assert faults == ()
    assert sheet is not None
    assert [(path, field.pattern) for path, field, _ in SHEET.filled(sheet)] == [
        (("year",), "year"),
        (("gifts", 0, "id"), "gifts.*.id"),
        (("gifts", 0, "worth"), "gifts.*.worth"),
        (("by_day",), "by_day"),
    ]


def test_every_leaf_of_a_full_playbook_is_found_again() -> None:
    playbook, faults = faults_of(Playbook, everything_playbook())
    assert faults == ()
    assert playbook is not None
    filled = {field.pattern for _, field, _ in FORM.filled(playbook)}
    assert {pattern for pattern in leaf_patterns() if pattern not in filled} == {
        pattern for pattern in leaf_patterns() if _is_of_scores(pattern) or _is_of_unknowns(pattern)
    }


def _is_of_scores(pattern: str) -> bool:
    steps = pattern.split(".")
    return steps[0] == "value" and steps[-1] == "score" and steps[-3] in ("values", "costs")


def _is_of_unknowns(pattern: str) -> bool:
    steps = pattern.split(".")
    return steps[0] == "qualification" and steps[-1] in ("unknown", "owner", "find_by")


def test_the_index_and_the_schema_know_the_same_places() -> None:
    """The schema is made by pydantic itself: an independent look at the same types."""
    schema = json_schema()
    seen = dict(_places(schema, schema["$defs"], ""))
    there = {
        field.pattern: field
        for top in FORM.walk()
        for field in (top, *(top.children.values() if top.is_fact else ()))
    }
    ends = ("*", "#")
    assert {pattern for pattern in seen if not pattern.endswith(ends)} == {
        pattern for pattern in there if not pattern.endswith(ends)
    }
    required = {pattern for pattern, is_required in seen.items() if is_required}
    named = {pattern for pattern, field in there.items() if field.is_required}
    # Where an answer or an unknown is wanted the schema asks for more than the class does
    assert {
        pattern for pattern in required - named if not pattern.endswith((".value", ".score"))
    } == set()
    assert named - required == set()


def _places(node: Any, definitions: Any, above: str) -> Iterator[tuple[str, bool]]:
    if "$ref" in node:
        node = {**definitions[node["$ref"].rpartition("/")[2]], **node}
    for part in node.get("anyOf", ()):
        yield from _places(part, definitions, above)
    for key, value in node.get("properties", {}).items():
        place = f"{above}.{key}" if above else key
        yield place, key in node.get("required", ()) and "unknown" not in node["required"]
        yield from _places(value, definitions, place)
    for entry in (node.get("items"), *node.get("patternProperties", {}).values()):
        if entry is not None:
            yield from _places(entry, definitions, f"{above}.*")
    if isinstance(node.get("additionalProperties"), dict):
        yield from _places(node["additionalProperties"], definitions, f"{above}.*")


def test_amounts_of_money_have_the_unit_money() -> None:
    money = {leaf.pattern for leaf in FORM.leaves() if leaf.kind is Kind.MONEY}
    assert money == {leaf.pattern for leaf in FORM.leaves() if leaf.unit.startswith("money")}
    assert "economics.price" in money


@pytest.mark.parametrize(
    ("pattern", "keys"),
    [
        ("actions.*", ("id",)),
        ("relationship.contacts.*", ("id",)),
        ("economics.revenue.*", ("year",)),
        ("waivers.*", ("rule",)),
        ("relationship.referrals.*", ("date", "to")),
        # what it is needed for is a sentence
        ("environment.macro.*", ()),
        ("economics.discounts.*", ()),
    ],
)
def test_what_names_an_entry(pattern: str, keys: tuple[str, ...]) -> None:
    entry = FORM.find(pattern)
    assert entry is not None
    assert entry.named_by == keys


def test_every_key_that_names_an_entry_is_one_of_its_keys() -> None:
    lists = [field.children[ENTRY] for field in FORM.walk() if field.kind is Kind.LIST]
    assert [
        entry.pattern for entry in lists if not set(entry.named_by) <= set(entry.children)
    ] == []


def test_a_class_below_what_has_it_is_no_leaf_in_silence() -> None:
    annotation: Any = EARLY_FIELDS["late"].annotation
    assert isinstance(annotation, ForwardRef)
    with pytest.raises(TypeError, match="Late is declared below what has it; move it up"):
        form_of(Early).children  # noqa: B018 - the fields are read as somebody asks
