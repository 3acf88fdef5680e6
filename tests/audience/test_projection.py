"""What is left of a file for an audience: field by field, entries on a condition, nothing else."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from generator.audience.classes import AUDIENCES, Audience, Audiences
from generator.audience.projection import projected
from generator.form import leaf_patterns
from generator.read import Document, Quoted, read_text
from generator.settings import Settings
from tests.everything import everything_text
from tests.figures.small import settings as small_settings

SETTINGS: Settings = small_settings()
SHIPPED = SETTINGS.audiences
EXAMPLES = sorted((Path(__file__).parents[2] / "playbooks").rglob("*.yaml"))


def document(text: str) -> Document:
    return read_text(text.encode(), "playbooks/acme.yaml")


def audiences(fields: dict[Audience, tuple[str, ...]], *only: dict[str, object]) -> Audiences:
    return Audiences.model_validate({"fields": fields, "only": only, "figures": {}})


FIELDS = audiences(
    {
        "public": ("account.name",),
        "customer": ("objectives.*.id", "objectives.*.whose", "economics.price"),
        "internal": ("economics.**", "offerings.**", "account.tags", "account.team.**"),
        "account_team": ("economics.discount_rate",),
    },
    {"audience": "customer", "in": "objectives", "where": {"whose": ["theirs", "joint"]}},
)
WHOLE = """\
account: {name: Acme, status: customer, tags: [a, '1'], team: [kim, {id: li, role: x}]}
economics: {price: {value: 5, grade: fact}, discount_rate: 0.1, discounts: [], currency: EUR}
objectives: [{id: a, whose: joint, due: 2026-01-01}, {id: b, whose: ours}, {id: c}]
offerings: {drives: {status: ours}}
stranger: {price: 1}
"""


@pytest.mark.parametrize(
    ("audience", "left"),
    [
        ("public", "account:\n  name: Acme\n"),
        (
            "customer",
            (
                "account:\n  name: Acme\n  status: customer\neconomics:\n  price:\n    value: 5\n"
                "    grade: fact\nobjectives:\n- id: a\n  whose: joint\n  due: 2026-01-01\n"
            ),
        ),
        (
            "internal",
            (
                'account:\n  name: Acme\n  status: customer\n  tags:\n  - a\n  - "1"\n  team:\n  - kim\n  - id: li\n'
                "    role: x\neconomics:\n  price:\n    value: 5\n    grade: fact\n  discounts: []\n"
                "  currency: EUR\nobjectives:\n- id: a\n  whose: joint\n  due: 2026-01-01\n"
                "- id: b\n  whose: ours\n- id: c\n"
                "offerings:\n  drives:\n    status: ours\n"
            ),
        ),
    ],
)
def test_what_is_left_by_audience(audience: Audience, left: str) -> None:
    assert projected(document(WHOLE), audience, FIELDS).text == left


def test_the_account_team_sees_what_is_named_for_it() -> None:
    left = projected(document(WHOLE), "account_team", FIELDS)
    assert left.data is not None
    assert left.data["economics"]["discount_rate"] == "0.1"


def test_what_is_no_field_is_seen_by_nobody() -> None:
    fields = audiences({"restricted": ("account.status",)})
    restricted = projected(document(WHOLE), "restricted", fields).data
    assert restricted is not None
    assert restricted["account"]["status"] == "customer"
    assert "stranger" not in restricted
    team = projected(document(WHOLE), "account_team", fields).data
    assert team is not None
    assert "status" not in team["account"]


@pytest.mark.parametrize(
    ("fields", "pattern", "expected"),
    [
        ({}, "account.status", "customer"),  # as the form has it
        ({"internal": ("account.status",)}, "account.status", "internal"),
        ({"public": ("account.**",)}, "account.website", "public"),
        # What is named more exactly goes before it, in the form too
        ({"public": ("account.**",)}, "account.status", "customer"),
        ({"public": ("account.**",)}, "account.notes.*.text", "account_team"),
        ({"public": ("account.notes.**",)}, "account.notes.*.text", "public"),
        ({"public": ("relationship.**",)}, "relationship.contacts.*.lawful_basis", "restricted"),
        ({}, "account.tags.*", "internal"),  # an entry is as its list
        ({}, "no.such.field", "restricted"),
    ],
)
def test_the_settings_go_before_the_form(
    fields: dict[Audience, tuple[str, ...]], pattern: str, expected: Audience
) -> None:
    assert audiences(fields).class_of(pattern) == expected


def test_an_empty_list_is_as_confidential_as_what_could_be_in_it() -> None:
    fields = audiences({"account_team": ("objectives.*.owner",)})
    left = projected(document("risk: {own: []}\nobjectives: []\n"), "internal", fields)
    assert left.text == "risk:\n  own: []\n"


def test_comments_and_layout_are_gone() -> None:
    text = "# secret\naccount: {name: Acme}  # secret\n"
    assert "secret" not in projected(document(text), "restricted", SHIPPED).text


@pytest.mark.parametrize(
    "value",
    ["0.2", "'0.2'", "yes", "'yes'", "~x", "'- a'", "'a: b'", "' a '", "'#'", "华远", '"a\\nb"'],
)
def test_values_are_read_again_as_they_were(value: str) -> None:
    whole = document(f"account: {{name: {value}}}\n")
    left = projected(whole, "public", FIELDS)
    assert (left.data, left.problems) == (whole.data, ())
    assert whole.data is not None
    assert left.data is not None
    kinds = [isinstance(plan["account"]["name"], Quoted) for plan in (whole.data, left.data)]
    assert kinds[1] or not kinds[0]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_highest_audience_sees_all_fields(path: Path) -> None:
    whole = document(path.read_text(encoding="utf-8"))
    left = projected(whole, "restricted", SHIPPED)
    assert (left.data, left.problems) == (whole.data, ())


@pytest.mark.parametrize(("lower", "higher"), list(itertools.pairwise(AUDIENCES)))
@pytest.mark.parametrize("text", [everything_text(), everything_text("score")])
def test_an_audience_sees_what_lower_ones_see(lower: Audience, higher: Audience, text: str) -> None:
    less, more = (projected(document(text), audience, SHIPPED).data for audience in (lower, higher))
    assert _is_within(less, more)


def _is_within(less: object, more: object) -> bool:
    if isinstance(less, dict) and isinstance(more, dict):
        return all(key in more and _is_within(value, more[key]) for key, value in less.items())
    if isinstance(less, list) and isinstance(more, list):
        return all(any(_is_within(entry, candidate) for candidate in more) for entry in less)
    return less == more


def test_few_fields_leave_the_house() -> None:
    """Whoever gives a field to customers sees it here; what nobody classed is restricted."""
    classes = {pattern: SHIPPED.class_of(pattern) for pattern in leaf_patterns()}
    assert [pattern for pattern, class_ in classes.items() if class_ == "public"] == [
        "schema",
        "account.name",
    ]
    outside = [pattern for pattern, class_ in classes.items() if class_ == "customer"]
    assert outside == (Path(__file__).parent / "outside.txt").read_text("utf-8").split()
    restricted = [pattern for pattern, class_ in classes.items() if class_ == "restricted"]
    assert [
        pattern
        for pattern in restricted
        if not pattern.startswith(
            ("relationship.personal_data.", "relationship.contacts.*.", "value.return.courtesies.")
        )
    ] == []
    assert classes["economics.price"] == "internal"
    assert classes["relationship.contacts.*.sentiment"] == "account_team"
    assert classes["value.return.courtesies.*.amount"] == "restricted"
