"""What our people hold important and whether they agree; practices from known to done; by hand."""

from __future__ import annotations

from typing import Any

import pytest

from generator.figures import Figure, Reason
from generator.figures.figure import NOTHING_TO_DIVIDE
from generator.figures.survey import kendall, mean_ranks
from tests.figures.edits import changed, line_of, path_of
from tests.figures.moving import moved
from tests.figures.small import clean, enriched, figure, plan

SURVEY = """\
survey:
  - by: kim-larsen
    factors:
      - factor: Trust
        side: external
        part: R3
      - factor: Price
        side: internal
        part: V3
      - factor: Service
        side: internal
        part: S4
  - by: li-wei
    factors:
      - factor: price
        side: internal
        part: V3
      - factor: TRUST
        side: external
        part: R3
"""
PRACTICES = """\
practices:
  - practice: Ask the crew
    known: true
    felt: true
    noticed: true
    able: true
    done: true
  - practice: Call first
    known: true
    felt: true
    noticed: false
    able: true
  - practice: Hand over
    known: true
    felt: true
    noticed: true
    able: false
  - practice: Write up
    known: true
    felt: false
"""


def survey(key: str, sections: str = SURVEY) -> Figure:
    text = plan(sections)
    clean(enriched(text))
    return enriched(text).figures[f"survey.{key}"]


def ranked(*lists: str, **more: str) -> str:
    """A survey of people who each ranked some letters."""
    people = ("kim-larsen", "li-wei")
    answers = []
    for by, letters in zip(people, lists, strict=False):
        factors = ", ".join(
            f"{{factor: {letter}{''.join(f', {k}: {v}' for k, v in more.items())}}}"
            for letter in letters
        )
        answers.append(f"{{by: {by}, factors: [{factors}]}}")
    return f"survey: [{', '.join(answers)}]\n"


def practice(key: str, sections: str = PRACTICES) -> Figure:
    text = plan(sections)
    clean(enriched(text))
    return enriched(text).figures[f"practice.{key}"]


def test_points_by_place() -> None:
    # Price 4 + 5, Trust 5 + 4, Service 3; those that are level stand as they were named
    factors = survey("factors")
    assert list(factors.value.items()) == [("Trust", 9), ("Price", 9), ("Service", 3)]
    assert (factors.unit, factors.missing, factors.note) == ("points", (), None)
    trust, _, service, places = factors.reasons
    assert (trust.note, trust.unit) == ("named by Kim Larsen, 李伟", "points")
    assert [(reason.value, reason.line, reason.weight, reason.note) for reason in trust.inputs] == [
        ("Trust", 7, 5, "place 1 for Kim Larsen"),
        ("TRUST", 21, 4, "place 2 for 李伟"),
    ]
    assert [reason.note for reason in service.inputs] == ["place 3 for Kim Larsen"]
    assert (places.value, bool(places.setting), places.unit) == (5, True, "points")
    assert factors.confidence == pytest.approx(0.6)


def test_the_most_points_stand_first() -> None:
    factors = survey("factors", ranked("ab", "b"))
    assert list(factors.value.items()) == [("b", 9), ("a", 5)]


def test_beyond_the_places_a_factor_has_no_point() -> None:
    factors = survey("factors", ranked("abcdefg"))
    assert factors.value == {"a": 5, "b": 4, "c": 3, "d": 2, "e": 1, "f": 0, "g": 0}


def test_a_factor_named_twice_counts_once_and_takes_no_place() -> None:
    assert survey("factors", ranked("aab")).value == {"a": 5, "b": 4}


@pytest.mark.parametrize("again", ["PRICE", "price", "'  Price  '", chr(0xFF30) + "rice"])
def test_another_spelling_is_the_same_factor(again: str) -> None:
    text = f"survey: [{{by: li-wei, factors: [{{factor: Price}}, {{factor: {again}}}]}}]\n"
    assert survey("factors", text).value == {"Price": 5}


def test_the_last_answer_of_a_person_counts() -> None:
    more = "{by: li-wei, factors: [{factor: z}]}"
    text = ranked("ab", "c").replace("]\n", f", {more}]\n")
    assert survey("factors", text).value == {"a": 5, "z": 5, "b": 4}
    alone = "survey: [{by: li-wei, factors: [{factor: a}, {factor: b}]}, " + more + "]\n"
    assert survey("agreement", alone).note == "fewer than two people ranked"


def test_an_answer_without_a_ranking_is_left_out_and_named() -> None:
    text = SURVEY.replace("survey:\n", "survey:\n  - by: ana-ruiz\n    difficulty: Time\n")
    figures = enriched(plan(text)).figures
    assert figures["survey.factors"].value == {"Trust": 9, "Price": 9, "Service": 3}
    for key in ("factors", "internal", "gap"):
        assert figures[f"survey.{key}"].missing == ("survey.0.factors",)
    assert figures["survey.agreement"].missing == ()
    alone = enriched(plan("survey: [{by: li-wei, difficulty: Time}]\n")).figures
    for key in ("factors", "internal", "gap"):
        figure_of_it = alone[f"survey.{key}"]
        assert (figure_of_it.value, figure_of_it.note) == (None, None)
        assert figure_of_it.missing == ("survey.0.factors",)


def test_nobody_named_anything() -> None:
    figures = enriched(plan("survey: [{by: li-wei, factors: []}]\n")).figures
    for key in ("factors", "internal"):
        made = figures[f"survey.{key}"]
        assert (made.value, made.missing, made.note) == (None, (), NOTHING_TO_DIVIDE)


def test_the_internal_share() -> None:
    # Price 4 + 5 and Service 3 of 21 points
    internal = survey("internal")
    assert internal.value == pytest.approx(12 / 21)
    assert (internal.unit, internal.missing) == ("share", ())
    assert [(reason.value, reason.line, reason.weight) for reason in internal.reasons[:-1]] == [
        ("external", 8, 5),
        ("internal", 11, 4),
        ("internal", 14, 3),
        ("internal", 19, 5),
        ("external", 22, 4),
    ]
    assert internal.confidence == pytest.approx(0.6)
    assert internal.reasons[-1].value == 5


@pytest.mark.parametrize(
    ("letters", "missing"),
    [
        ("a", ("survey.0.factors.0.side",)),
        # the sixth has no points and needs no side
        ("abcdef", tuple(f"survey.0.factors.{index}.side" for index in range(5))),
    ],
)
def test_sides_have_to_be_said(letters: str, missing: tuple[str, ...]) -> None:
    internal = survey("internal", ranked(letters))
    assert (internal.value, internal.missing, internal.unit) == (None, missing, "share")


def test_a_lacking_side_beside_a_lacking_ranking() -> None:
    text = "survey: [{by: li-wei}, {by: kim-larsen, factors: [{factor: a}]}]\n"
    assert survey("internal", text).missing == ("survey.0.factors", "survey.1.factors.0.side")


@pytest.mark.parametrize(
    ("first", "second", "agreement"),
    [
        ("abc", "abc", 1.0),
        ("abc", "cba", 0.0),
        ("ab", "ba", 0.0),
        # sums 3, 3, 6, mean 4: spread 1 + 1 + 4 = 6; 12 x 6 / (4 x 24)
        ("abc", "bac", 0.75),
        # b ranks 1 for kim; 2.5 and 2.5 are left; li a, b, c:
        # sums a 3.5, b 3, c 5.5, mean 4: 0.25 + 1 + 2.25 = 3.5; ties 2^3 - 2 = 6
        # 12 x 3.5 / (4 x 24 - 2 x 6) = 42 / 84
        ("b", "abc", 0.5),
    ],
)
def test_two_people_agree(first: str, second: str, agreement: float) -> None:
    agreed = survey("agreement", ranked(first, second))
    assert agreed.value == pytest.approx(agreement)
    assert (agreed.unit, agreed.missing) == ("0 to 1", ())
    assert [reason.value for reason in agreed.reasons] == [*first, *second]


@pytest.mark.parametrize(
    ("rankings", "agreement"),
    [
        # sums 4, 6, 8, mean 6: 12 x 8 / (9 x 24)
        (("abc", "acb", "bac"), 96 / 216),
        # ab -> 1 2 3, ab -> 1 2 3, c -> 2.5 2.5 1: sums 4.5, 6.5, 7: 2.25 + 0.25 + 1 = 3.5
        # 12 x 3.5 / (9 x 24 - 3 x 6) = 42 / 198
        (("ab", "ab", "c"), 42 / 198),
        # two named of four, two left: a b -> 1 2 3.5 3.5; c d -> 3.5 3.5 1 2
        # sums 4.5, 5.5, 4.5, 5.5, mean 5: 4 x 0.25 = 1; 12 / (4 x 60 - 2 x 12) = 12 / 216
        (("ab", "cd"), 12 / 216),
        (("a", "a"), None),
        (("abcd", "abcd", "abcd", "abcd"), 1.0),
    ],
)
def test_agreement_of_many(rankings: tuple[str, ...], agreement: float | None) -> None:
    agreed = kendall(rankings)
    assert agreed == (None if agreement is None else pytest.approx(agreement))


@pytest.mark.parametrize("second", [None, ""])
def test_nobody_agrees_with_himself(second: str | None) -> None:
    agreement = survey("agreement", ranked("abc", *([] if second is None else [second])))
    assert (agreement.value, agreement.missing, agreement.unit) == (None, (), "0 to 1")
    assert agreement.note == "fewer than two people ranked"
    assert len(agreement.reasons) == 3


def test_one_thing_cannot_be_ranked() -> None:
    agreement = survey("agreement", ranked("a", "a"))
    assert (agreement.value, agreement.note) == (None, NOTHING_TO_DIVIDE)


def test_an_odd_part_of_the_ranks() -> None:
    assert mean_ranks({"a": 3, "b": 1, "c": 3, "d": 2}) == {"a": 1.5, "c": 1.5, "d": 3, "b": 4}
    assert mean_ranks({"a": 0.5, "b": 0.5, "c": 0.5}) == {"a": 2, "b": 2, "c": 2}


def test_important_and_not_built() -> None:
    # R3 and V3 have 9 points, S4 3: ranks 1.5, 1.5, 3
    # V3 has an issue, so 0.5; the others are not begun: ranks 1, 2.5, 2.5
    begun = "value: {negotiation: {issues: [{issue: Terms, kind: value}]}}\n"
    gap = survey("gap", SURVEY + begun)
    assert gap.value == {"R3": -1.0, "V3": 0.5, "S4": 0.5}
    assert list(gap.value) == ["R3", "V3", "S4"]
    assert (gap.unit, gap.missing) == ("ranks", ())
    assert [(reason.name, reason.note) for reason in gap.reasons] == [
        ("R3", "9 points: rank 1.5; state 0: rank 2.5"),
        ("V3", "9 points: rank 1.5; state 0.5: rank 1"),
        ("S4", "3 points: rank 3; state 0: rank 2.5"),
    ]
    assert [(reason.name, reason.line) for reason in gap.reasons[1].inputs] == [
        ("survey.0.factors.1.part", 12),
        ("survey.1.factors.0.part", 20),
        ("rsvr.V3", None),
    ]
    assert all(reason.inputs == () for reason in gap.reasons[1].inputs)
    assert {reason.unit for reason in gap.reasons} == {"ranks"}
    assert gap.confidence == pytest.approx(0.6)


def test_factors_of_no_part_are_left_out() -> None:
    gap = survey("gap", SURVEY.replace("        part: R3\n", ""))
    assert gap.value == {"V3": -0.5, "S4": 0.5}  # 1 - 1.5, 2 - 1.5
    none = survey("gap", ranked("ab"))
    assert (none.value, none.missing, none.unit) == (None, ("survey.factors.part",), "ranks")


@pytest.mark.parametrize(
    ("key", "unit"),
    [("factors", "points"), ("internal", "share"), ("agreement", "0 to 1"), ("gap", "ranks")],
)
def test_no_survey_is_missing_and_an_empty_one_is_not(key: str, unit: str) -> None:
    absent = figure(f"survey.{key}")
    assert (absent.value, absent.missing, absent.unit) == (None, ("survey",), unit)
    empty = figure(f"survey.{key}", "survey: []\n")
    by_entry = key in ("factors", "gap")
    assert (empty.value, empty.unit, empty.missing) == ({} if by_entry else None, unit, ())
    assert empty.note == (None if by_entry else NOTHING_TO_DIVIDE)
    assert [(reason.name, reason.note) for reason in empty.reasons] == [("survey", "looked, none")]


def test_known_and_done() -> None:
    # 4 known, 3 felt, 2 noticed, 1 able, 1 done; lost: 1/4, 1/3, 1/2, 0
    done = practice("done")
    assert (done.value, done.unit, done.missing) == (0.25, "share", ())
    assert done.note == "4 known, 3 felt, 2 noticed, 1 able, 1 done"
    assert [(reason.name, reason.value, reason.note, reason.line) for reason in done.reasons] == [
        ("practices.Ask the crew", "done", None, 5),
        ("practices.Call first", "felt", "able, though not noticed", 11),
        ("practices.Hand over", "noticed", None, 16),
        ("practices.Write up", "known", None, 21),
    ]
    assert [reason.line for reason in done.reasons[1].inputs] == [12, 13, 14, 15]
    assert done.confidence == pytest.approx(0.6)
    gap = practice("gap")
    assert (gap.value, gap.unit, gap.missing) == ("noticed", None, ())
    assert gap.note == f"{done.note}; training and means make us able"
    assert gap.confidence == pytest.approx(0.6)


WORDS = ("known", "felt", "noticed", "able", "done")


def funnel(*reached: int) -> str:
    """Practices that went so many steps each."""
    entries = [
        ", ".join(f"{word}: {str(step < count).lower()}" for step, word in enumerate(WORDS))
        for count in reached
    ]
    return "practices: [" + ", ".join(
        f"{{practice: p{index}, {entry}}}" for index, entry in enumerate(entries)
    ) + "]\n"  # fmt: skip


@pytest.mark.parametrize(
    ("reached", "gap", "done"),
    [
        ((5,), "none", 1.0),
        ((5, 5, 0), "none", 1.0),
        ((5, 4), "able", 0.5),
        ((5, 3), "noticed", 0.5),
        ((5, 2), "felt", 0.5),
        ((5, 1), "known", 0.5),
        ((5, 5, 2, 1), "felt", 0.5),  # 4, 3, 2, 2, 2: 1/4, then 1/3
        ((1, 0), "known", 0.0),
        ((4, 2), "able", 0.0),  # 2, 2, 1, 1, 0: 1/2, then all
        ((5, 5, 5, 3, 2, 1, 1, 1), "known", 3 / 8),  # 8, 5, 4, 3, 3: 3/8, 1/5, 1/4, 0
        ((5, 5, 4, 4, 2, 2, 1, 1), "able", 0.25),  # 8, 6, 4, 4, 2: 1/4, 1/3, 0, 1/2
    ],
)
def test_the_widest_gap(reached: tuple[int, ...], gap: str, done: float) -> None:
    widest = practice("gap", funnel(*reached))
    assert widest.value == gap
    assert practice("done", funnel(*reached)).value == pytest.approx(done)
    assert widest.note is not None
    assert (";" in widest.note) == (gap != "none")


def test_level_losses_name_the_first() -> None:
    # 4, 2, 1, 1, 1: a half is lost twice
    assert practice("gap", funnel(5, 2, 1, 1)).value == "known"


@pytest.mark.parametrize(
    ("gap", "remedy"),
    [
        ("known", "a case or a visit lets us feel it"),
        ("felt", "a checklist or an alert lets us notice it"),
        ("noticed", "training and means make us able"),
        ("able", "time and authority get it done"),
    ],
)
def test_what_helps(gap: str, remedy: str) -> None:
    widest = practice("gap", funnel(WORDS.index(gap) + 1))
    assert widest.value == gap
    assert widest.note is not None
    assert widest.note.endswith(f"; {remedy}")


def test_nothing_is_known() -> None:
    for key in ("done", "gap"):
        made = practice(key, funnel(0, 0))
        assert (made.value, made.note, made.missing) == (None, NOTHING_TO_DIVIDE, ())
        assert [reason.value for reason in made.reasons] == ["not known", "not known"]
    assert practice("done", funnel(0, 0)).unit == "share"


@pytest.mark.parametrize(
    ("steps", "lacks"),
    [
        ("felt: true", "known"),
        ("known: true, noticed: true", "felt"),
        ("known: true, felt: true, noticed: true, able: true", "done"),
        ("known: true, felt: true, noticed: true, done: true", "able"),
    ],
)
def test_the_next_step_has_to_be_told(steps: str, lacks: str) -> None:
    text = f"practices: [{{practice: ask, {steps}}}, {{practice: go, known: false}}]\n"
    for key in ("done", "gap"):
        made = practice(key, text)
        assert (made.value, made.missing) == (None, (f"practices.ask.{lacks}",))
        assert len(made.reasons) == steps.count("true") + 1
    assert practice("done", text).unit == "share"


@pytest.mark.parametrize(
    ("steps", "reached", "note"),
    [
        ("known: false, done: true", "not known", "done, though not known"),
        (
            "known: true, felt: false, able: true, done: true",
            "known",
            "able, done, though not felt",
        ),
        ("known: true, felt: true, noticed: false, done: false", "felt", None),
    ],
)
def test_what_follows_a_gap_does_not_count(steps: str, reached: str, note: str | None) -> None:
    done = practice("done", f"practices: [{{practice: ask, {steps}}}, {{practice: go, known: true, felt: false}}]\n")  # fmt: skip
    first = done.reasons[0]
    assert (done.value, first.value, first.note) == (0.0, reached, note)


@pytest.mark.parametrize(("key", "unit"), [("done", "share"), ("gap", None)])
def test_no_practices_are_missing_and_an_empty_list_is_not(key: str, unit: str | None) -> None:
    absent = figure(f"practice.{key}")
    assert (absent.value, absent.missing, absent.unit) == (None, ("practices",), unit)
    empty = figure(f"practice.{key}", "practices: []\n")
    assert (empty.value, empty.missing, empty.note, empty.unit) == (
        None, (), NOTHING_TO_DIVIDE, unit,
    )  # fmt: skip
    assert [(reason.name, reason.note) for reason in empty.reasons] == [
        ("practices", "looked, none")
    ]


@pytest.mark.parametrize(
    ("key", "dotted", "new", "value"),
    [
        ("survey.factors", "survey.1.factors.0.factor", "Trust", {"Trust": 10, "Price": 4, "Service": 3}),
        ("survey.internal", "survey.0.factors.0.side", "internal", 17 / 21),
        ("survey.agreement", "survey.1.factors.0.factor", "Service", 0.25),
        ("survey.gap", "survey.0.factors.2.part", "V3", {"V3": -0.5, "R3": 0.5}),
        ("practice.done", "practices.0.done", "false", 0.0),
        ("practice.gap", "practices.2.noticed", "false", "felt"),
    ],
)  # fmt: skip
def test_an_input_moves_it(key: str, dotted: str, new: str, value: Any) -> None:
    if key.startswith("practice"):
        text = changed(plan(PRACTICES), dotted, new)
        made = enriched(text).figures[key]
        inputs: list[Reason] = [inner for reason in made.reasons for inner in reason.inputs]
        assert [
            reason.value for reason in inputs if reason.line == line_of(text, path_of(dotted))
        ] == [False]
        assert made.value == value
    else:
        assert moved(key, SURVEY, dotted, new).value == pytest.approx(value)
