"""The sixteen parts: nothing, begun, evidenced, agreed, reviewed, and a step down when old."""

from __future__ import annotations

import datetime

import pytest

from generator.figures import Account
from tests.figures.edits import PORT, WHOLE, changed, line_of, path_of, without
from tests.figures.small import enriched, figure

PARTS = [
    "R1",
    "R2",
    "R3",
    "R4",
    "S1",
    "S2",
    "S3",
    "S4",
    "V1",
    "V2",
    "V3",
    "V4",
    "K1",
    "K2",
    "K3",
    "K4",
]
# everything of every part, with a usable reference for each doubt
FULL = WHOLE.replace(
    "      named_by: them\n", "      named_by: them\n      reference: port\n"
).replace("rsvr:\n  R4:\n    agreed_on: 2026-10-15\n    with: birgit\n", "")


def whole(text: str, **others: str) -> Account:
    return enriched(text, others={"port": PORT, **others})


def parts(text: str) -> dict[str, float]:
    by_part: dict[str, float] = whole(text).figures["rsvr.parts"].value
    return by_part


def test_the_whole_playbook() -> None:
    assert parts(FULL) == dict.fromkeys(PARTS, 0.5)
    assert parts(WHOLE) == {**dict.fromkeys(PARTS, 0.5), "R4": 0.75, "K4": 0.25}


def test_completeness_is_the_geometric_mean_of_the_quadrants() -> None:
    figures = whole(WHOLE).figures
    quadrants = (0.5 + 0.5 + 0.5 + 0.75) / 4 * 0.5 * 0.5 * (0.5 + 0.5 + 0.5 + 0.25) / 4
    assert figures["rsvr.completeness"].value == pytest.approx(100 * quadrants**0.25)
    assert figures["rsvr.weakest"].value == ("K4",)
    assert whole(FULL).figures["rsvr.completeness"].value == pytest.approx(50)
    assert whole(FULL).figures["rsvr.weakest"].value == tuple(PARTS)


def test_an_empty_quadrant_makes_it_zero() -> None:
    figures = whole(without(FULL, "risk")).figures
    assert figures["rsvr.completeness"].value == 0
    assert set(figures["rsvr.weakest"].value) == {"K1", "K2", "K3", "K4"}


def test_an_empty_playbook_has_no_part() -> None:
    assert figure("rsvr.parts").value == dict.fromkeys(PARTS, 0)
    assert figure("rsvr.completeness").value == 0


@pytest.mark.parametrize(
    ("part", "dotted", "value"),
    [
        *(
            ("R1", f"economics.{name}", 0.25)
            for name in (
                "addressable_spend",
                "attainable_share",
                "contribution_margin",
                "retention",
                "price",
                "production_cost",
                "marketing_cost",
                "development.months",
            )
        ),
        ("R1", "economics.development", 0.5),  # a customer may have no growth programme
        ("R1", "economics", 0.25),
        ("R1", "qualification", 0.25),
        ("R1", "qualification.brand", 0.25),
        ("R2", "relationship.promises", 0.25),
        ("R2", "service.objects.0.activities", 0.25),
        ("R3", "relationship.interactions", 0.25),
        ("R3", "relationship.contacts.0.owner", 0.25),
        ("R3", "relationship.contacts.1.rhythm_days", 0.25),
        ("R4", "relationship.gates", 0),
        ("R4", "relationship.gates.customer", 0.5),
        ("S1", "service.objects.2.level", 0.25),
        ("S1", "service.objects.1.stage", 0.25),
        ("S1", "relationship.contacts.0.level", 0.25),
        ("S1", "service.objects", 0),
        ("S2", "service.objects.0.importance.role", 0.25),
        ("S2", "service.objects", 0),
        ("S3", "service.objects.0.activities", 0.25),
        ("S3", "service.objects.0.activities.0.per_year", 0.25),
        ("S3", "service.objects", 0),
        ("S4", "service.objects.0.promised", 0.25),
        ("S4", "service.objects.2.delivered", 0.25),
        ("S4", "service", 0),
        ("V1", "value.values.image", 0.25),
        ("V1", "value.costs.time", 0.25),
        ("V1", "economics.price", 0.25),
        ("V1", "value.alternatives", 0.25),
        ("V1", "value", 0),
        *(
            ("V2", f"value.standard.0.{name}", 0.25)
            for name in ("metric", "baseline", "target", "due")
        ),
        ("V2", "value.standard", 0),
        ("V3", "value.negotiation", 0),
        ("V4", "value.standard.1.actual", 0.25),
        ("V4", "value.return", 0.25),
        ("V4", "value.standard", 0.25),
        ("V4", "value", 0),
        ("K1", "risk.customer", 0.25),
        ("K1", "risk.own", 0.25),
        ("K1", "risk", 0),
        *(("K2", f"risk.customer.0.{name}", 0.25) for name in ("measure", "owner", "due")),
        *(("K2", f"risk.own.1.{name}", 0.25) for name in ("measure", "owner", "due")),
        ("K2", "risk.own", 0.25),
        ("K3", "risk.customer.1.probability", 0.25),
        ("K3", "risk.own.0.loss", 0.25),
        ("K3", "risk.credit", 0.25),
        ("K3", "risk.credit.days_late", 0.25),
        ("K4", "risk.customer.0.reference", 0.25),
        ("K4", "risk", 0),
    ],
)
def test_what_a_part_asks_for(part: str, dotted: str, value: float) -> None:
    assert parts(without(FULL, dotted))[part] == value


def test_prospects_need_no_credit_but_a_development() -> None:
    prospect = changed(FULL, "account.status", "prospect")
    assert parts(without(prospect, "risk.credit"))["K3"] == 0.5
    assert parts(prospect)["R1"] == 0.5
    assert parts(without(prospect, "economics.development"))["R1"] == 0.25


def test_empty_lists_were_looked_at() -> None:
    risk = parts(without(FULL, "risk") + "risk: {customer: [], own: [], credit: {}}\n")
    assert (risk["K1"], risk["K2"], risk["K4"]) == (0.5, 0.5, 0.5)
    assert risk["K3"] == 0.25
    idle = without(FULL, "service") + "service: {objects: [{id: x, activities: []}]}\n"
    assert parts(idle)["S3"] == 0.5
    apart = "relationship: {contacts: [{id: birgit}, {id: chen}], gates: {}}\n"
    assert parts(without(FULL, "relationship") + apart)["R4"] == 0.25


def test_contacts_who_left_keep_no_rhythm() -> None:
    left = changed(
        FULL.replace("    - id: chen\n", "    - id: chen\n      left_on: 2026-11-24\n"),
        "relationship.contacts.1.level",
        "handler",
    )
    assert parts(left)["R3"] == 0.5
    assert parts(changed(left, "relationship.contacts.1.left_on", "2026-11-23"))["R3"] == 0.25


def test_a_lone_contact_with_an_owner_is_a_beginning() -> None:
    sections = "relationship: {contacts: [{id: a, owner: kim-larsen}]}\n"
    assert figure("rsvr.parts", sections).value["R3"] == 0.25
    assert figure("rsvr.parts", "relationship: {contacts: [{id: a}]}\n").value["R3"] == 0


@pytest.mark.parametrize(
    ("evidence", "value"),
    [
        ("{grade: fact}", 0.5),
        ("{grade: estimate}", 0.5),
        ("{grade: opinion}", 0.25),
        # stale: half of the grade, but not yet older than 90 days
        ("{grade: estimate, as_of: 2026-01-01}", 0.25),
    ],
)
def test_evidenced_asks_for_confidence(evidence: str, value: float) -> None:
    assert parts(changed(FULL, "risk.evidence", evidence))["K1"] == value


def test_the_mean_of_its_inputs_is_what_must_reach_the_limit() -> None:
    # K1 rests on two lists, K3 on eight probabilities and losses and five lines of credit
    mixed = FULL.replace("    receivable: 100000", "    grade: opinion\n    receivable: 100000")
    assert parts(mixed)["K3"] == 0.5  # (8 · 1.0 + 5 · 0.3) / 13 = 0.73
    lower = changed(mixed, "risk.evidence", "{grade: estimate, as_of: 2026-11-01}")
    assert parts(lower)["K3"] == 0.25  # (8 · 0.6 + 5 · 0.3) / 13 = 0.48


def _agreed(text: str, fields: str) -> str:
    return f"{text}rsvr: {{K1: {{{fields}}}}}\n"


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ("agreed_on: 2026-11-01", 0.5),
        ("with: birgit", 0.5),
        ("agreed_on: 2026-11-01, with: birgit", 0.75),
        ("agreed_on: 2026-11-24, with: birgit", 0.5),
        ("agreed_on: 2026-01-01, with: birgit", 0.75),
        ("agreed_on: 2026-01-01, with: birgit, reviewed_on: 2026-08-25", 1),
        ("agreed_on: 2026-01-01, with: birgit, reviewed_on: 2026-08-24", 0.75),
        ("agreed_on: 2026-01-01, with: birgit, reviewed_on: 2026-11-23", 1),
        ("agreed_on: 2026-01-01, with: birgit, reviewed_on: 2026-11-24", 0.75),
        ("reviewed_on: 2026-11-20", 0.5),
    ],
)
def test_agreed_and_reviewed(fields: str, value: float) -> None:
    assert parts(_agreed(FULL, fields))["K1"] == value


def test_an_agreement_does_not_help_a_part_that_lacks_something() -> None:
    text = _agreed(without(FULL, "risk.own"), "agreed_on: 2026-11-01, with: birgit")
    assert parts(text)["K1"] == 0.25


@pytest.mark.parametrize(
    ("as_of", "fields", "value"),
    [
        # 25 August is 90 days before, 24 August is 91
        ("2026-08-25", "agreed_on: 2026-08-01, with: birgit", 0.75),
        ("2026-08-24", "agreed_on: 2026-08-01, with: birgit", 0.5),
        ("2026-08-24", "agreed_on: 2026-08-25, with: birgit", 0.75),
        ("2026-08-24", "agreed_on: 2026-11-23, with: birgit", 0.75),
        ("2026-08-24", "", 0.25),
    ],
)
def test_a_part_without_a_new_date_drops_a_step(as_of: str, fields: str, value: float) -> None:
    text = changed(FULL, "risk.evidence", f"{{grade: fact, as_of: {as_of}}}")
    assert parts(_agreed(text, fields))["K1"] == value


def test_the_step_down_ends_at_a_beginning() -> None:
    text = changed(FULL, "risk.evidence", "{grade: fact, as_of: 2026-08-01}")
    assert parts(without(text, "risk.own"))["K1"] == 0.25


def test_dates_among_the_fields_keep_a_part_fresh() -> None:
    # the talks of R3 are dated: they are younger than the section's evidence
    text = changed(FULL, "relationship.evidence", "{grade: fact, as_of: 2026-08-24}")
    by_part = parts(changed(text, "account.reviewed", "2026-08-24"))
    assert by_part["R3"] == 0.5
    late = datetime.date(2026, 11, 13) + datetime.timedelta(days=91)
    later = enriched(text, others={"port": PORT}, today=late).figures["rsvr.parts"].value
    assert later["R3"] == 0.25


def test_a_part_shows_the_lines_it_rests_on() -> None:
    text = _agreed(FULL, "agreed_on: 2026-11-01, with: birgit, reviewed_on: 2026-11-02")
    reasons = {reason.name: reason for reason in whole(text).figures["rsvr.parts"].reasons}
    inputs = {reason.name: reason for reason in reasons["rsvr.K1"].inputs}
    assert list(inputs) == [
        "risk.customer",
        "risk.own",
        "rsvr.K1.agreed_on",
        "rsvr.K1.with",
        "rsvr.K1.reviewed_on",
    ]
    assert inputs["rsvr.K1.with"].value == "birgit"
    loss = next(
        reason for reason in reasons["rsvr.K3"].inputs if reason.name == "risk.own.small.loss"
    )
    assert loss.line == line_of(text, path_of("risk.own.1.loss"))


@pytest.mark.parametrize(
    ("dotted", "note"),
    [
        ("risk.own", "begun; lacks risk.own"),
        (
            "relationship.contacts",
            "begun; lacks two contacts with owner and rhythm_days",
        ),
    ],
)
def test_a_part_says_what_it_lacks(dotted: str, note: str) -> None:
    reasons = whole(without(FULL, dotted)).figures["rsvr.parts"].reasons
    assert note in {reason.note for reason in reasons}


def note_of(part: str, sections: str) -> str:
    """What the sixteen parts say of one, in a plan of some sections."""
    reasons = figure("rsvr.parts", sections).reasons
    return str(next(reason.note for reason in reasons if reason.name == f"rsvr.{part}"))


STANDARD = "value: {{standard: [{}]}}\n"
ONLY_A_METRIC = "{item: a, metric: stops}"


@pytest.mark.parametrize(
    ("part", "sections", "note"),
    [
        ("V2", "", "nothing yet"),
        (
            "V2",
            STANDARD.format(ONLY_A_METRIC),
            "begun; lacks value.standard.a.baseline, value.standard.a.target, value.standard.a.due",
        ),
        (
            "V2",
            STANDARD.format(ONLY_A_METRIC + ", {item: b, metric: stops, baseline: 1, target: 2}"),
            (
                "begun; lacks value.standard.a.baseline, value.standard.a.target, value.standard.a.due"
                " and 1 more"
            ),
        ),
        # of seven facts six, of ten questions ten
        (
            "R1",
            "economics: {currency: EUR, price: 1}\n",
            (
                "begun; lacks economics.addressable_spend, economics.attainable_share,"
                " economics.contribution_margin and 13 more"
            ),
        ),
    ],
)
def test_a_note_names_the_first_three_lacks_and_counts_the_others(
    part: str, sections: str, note: str
) -> None:
    assert note_of(part, sections) == note


@pytest.mark.parametrize(
    ("risk", "note"),
    [
        ("{customer: [], own: []}", "evidenced; not agreed with the customer"),
        ("{customer: []}", "begun; lacks risk.own"),
        (
            "{evidence: {as_of: 2026-08-24}, customer: [{id: a}], own: [{id: b}]}",
            (
                "newest date 2026-08-24 is older than 90 days: one step down; evidenced; not agreed"
                " with the customer"
            ),
        ),
        # at the lowest step but one there is no step down, and none is told
        (
            "{evidence: {as_of: 2026-08-24}, customer: [{id: a}]}",
            "begun; lacks risk.own",
        ),
    ],
)
def test_a_note_tells_a_step_down_only_where_there_was_one(risk: str, note: str) -> None:
    assert note_of("K1", f"risk: {risk}\n") == note


def test_the_weakest_parts_show_themselves_alone() -> None:
    weakest = whole(WHOLE).figures["rsvr.weakest"]
    assert [reason.name for reason in weakest.reasons] == ["rsvr.K4"]


@pytest.mark.parametrize(("agreed_on", "value"), [("2026-11-23", 0.75), ("2026-11-24", 0.5)])
def test_what_is_agreed_today_is_agreed(agreed_on: str, value: float) -> None:
    assert parts(_agreed(FULL, f"agreed_on: {agreed_on}, with: birgit"))["K1"] == value


@pytest.mark.parametrize(("day", "note"), [("2026-11-23", "begun"), ("2026-11-24", "nothing yet")])
def test_a_talk_of_today_is_a_beginning(day: str, note: str) -> None:
    talk = f"relationship: {{interactions: [{{date: {day}, contacts: [], two_way: true}}]}}\n"
    assert note_of("R3", talk).partition(";")[0] == note


def test_the_newest_talk_is_what_a_rhythm_rests_on() -> None:
    talks = "{date: 2026-01-05}, {date: 2026-11-05}, {date: 2026-06-05}, {date: 2026-12-05}"
    sections = f"relationship: {{interactions: [{talks}]}}\n"
    reasons = figure("rsvr.parts", sections).reasons
    rhythm = next(reason for reason in reasons if reason.name == "rsvr.R3")
    assert [str(talk.value) for talk in rhythm.inputs] == ["2026-11-05"]


@pytest.mark.parametrize(
    ("objects", "lacks"),
    [
        # the level of an object is its own, else that of its contact
        ("{id: x, level: handler}", ("related", "company")),
        ("{id: x, contact: ann}", ("handler", "company")),
        ("{id: x, level: handler, contact: ann}", ("related", "company")),
        ("{id: x}", ("handler", "related", "company")),
    ],
)
def test_levels_that_no_object_is_for(objects: str, lacks: tuple[str, ...]) -> None:
    sections = (
        "relationship: {contacts: [{id: ann, level: related}]}\n"
        f"service: {{objects: [{objects}]}}\n"
    )
    reasons = figure("rsvr.parts", sections).reasons
    part = next(reason for reason in reasons if reason.name == "rsvr.S1")
    assert {lack for lack in part.lacks if "level" in lack} == {
        f"an object of level {level}" for level in lacks
    }
