"""Us against rivals: seven comparisons, five factors, five conditions."""

from __future__ import annotations

import pytest

from generator.figures import Figure
from generator.figures.figure import NOTHING_TO_DIVIDE
from generator.figures.rivals import COMPARISONS, CONDITIONS, FACTORS
from tests.figures.edits import without
from tests.figures.moving import doubted, moved, scoring
from tests.figures.small import enriched, figure, plan


def rival(name: str, us: str, them: str) -> str:
    """A rival with seven comparisons, us and them by one digit each; '-' is left out."""
    lines = [f"    - id: {name}", f"      name: {name.title()}", "      comparisons:"]
    for line, ours, theirs in zip(COMPARISONS, us, them, strict=True):
        lines.append(f"        {line}:")
        lines.extend(
            f"          {side}: {score}"
            for side, score in (("us", ours), ("them", theirs))
            if score != "-"
        )
    return "\n".join(lines) + "\n"


def rivals(*each: tuple[str, str, str]) -> str:
    return "competition:\n  rivals:\n" + "".join(rival(*compared) for compared in each)


def index(sections: str) -> Figure:
    return figure("competition.index", sections)


def against(us: str, them: str) -> Figure:
    return index(rivals(("krantec", us, them)))


WORKED = rivals(("krantec", "4343543", "3344525"))
TWO = rivals(("krantec", "5555555", "3333333"), ("volthaus", "4433333", "4434443"))


def test_the_worked_index() -> None:
    # 1 + 0 + 0 - 1 + 0 + 2 - 2 = 0
    standing = index(WORKED)
    assert standing.value == 0
    # purpose two higher: 2 / 28 = +0.07
    standing = against("5343543", "2344525")
    assert standing.value == pytest.approx(2 / 28)
    assert round(standing.value, 2) == 0.07


def test_a_rival_is_one_reason_made_of_fourteen() -> None:
    (reason,) = index(WORKED).reasons
    assert (reason.name, reason.value, reason.line, reason.path) == (
        "Krantec",
        0,
        6,
        "playbooks/acme.yaml",
    )
    assert reason.note == "level; losing: discipline, rewards"
    assert (reason.threshold, len(reason.inputs)) == (0.25, 14)
    assert reason.setting is not None
    assert "scoring.yaml" in reason.setting
    assert reason.inputs[1].name == "competition.rivals.krantec.comparisons.purpose.them"
    assert (reason.inputs[1].value, reason.inputs[1].line) == (3, 11)


def test_the_worst_rival_counts() -> None:
    # krantec 14 / 28 = 0.5; volthaus 0 + 0 + 0 - 1 - 1 - 1 + 0 = -3 / 28
    standing = index(TWO)
    assert standing.value == pytest.approx(-3 / 28)
    assert [(reason.name, reason.note) for reason in standing.reasons] == [
        ("Krantec", "ahead"),
        ("Volthaus", "level; losing: discipline, strength, training"),
    ]
    assert standing.note is None
    assert standing.missing == ()


@pytest.mark.parametrize(
    ("us", "them", "value", "standing"),
    [
        ("5555555", "1111111", 1, "ahead"),
        ("1111111", "5555555", -1, "behind"),
        ("4444444", "3333333", 0.25, "ahead"),  # 7 / 28
        ("4444443", "3333333", 6 / 28, "level"),
        ("3333333", "4444444", -0.25, "behind"),
        ("3333333", "4444443", -6 / 28, "level"),
        ("3333333", "3333333", 0, "level"),
    ],
)
def test_ahead_and_behind_at_the_limit(us: str, them: str, value: float, standing: str) -> None:
    compared = against(us, them)
    assert compared.value == pytest.approx(value)
    note = compared.reasons[0].note
    assert note is not None
    assert note.split(";")[0] == standing
    assert ("losing" in note) == (value < 0)


def test_the_limit_is_a_setting() -> None:
    standing = figure("competition.index", TWO, with_=scoring(ahead_from="0.1"))
    assert [str(reason.note).split(";")[0] for reason in standing.reasons] == ["ahead", "behind"]
    assert {reason.threshold for reason in standing.reasons} == {0.1}


def test_who_is_not_compared_on_every_line_is_left_out_and_named() -> None:
    text = rivals(("krantec", "5555555", "1111111"), ("volthaus", "1111111", "55-5555"))
    standing = index(text)
    assert standing.value == 1
    assert [reason.name for reason in standing.reasons] == ["Krantec"]
    assert standing.note == "not compared on every line, left out: Volthaus"
    assert standing.missing == ("competition.rivals.volthaus.comparisons.conditions.them",)


def test_when_nobody_is_compared_there_is_no_index() -> None:
    standing = index(rivals(("krantec", "1-11111", "5555555")))
    assert (standing.value, standing.note) == (None, None)
    assert standing.missing == ("competition.rivals.krantec.comparisons.leadership.us",)
    assert len(standing.reasons) == 13
    standing = index("competition: {rivals: [{id: krantec, name: Krantec}]}\n")
    assert standing.missing == ("competition.rivals.krantec.comparisons",)
    text = without(plan(WORKED), "competition.rivals.0.comparisons.training")
    standing = enriched(text).figures["competition.index"]
    assert standing.missing == ("competition.rivals.krantec.comparisons.training",)
    assert standing.value is None


def test_a_rival_without_a_name_goes_by_its_id() -> None:
    text = WORKED.replace("      name: Krantec\n", "")
    assert [reason.name for reason in index(text).reasons] == ["krantec"]
    both = rivals(("krantec", "5555555", "1111111"), ("volthaus", "1111111", "55-5555"))
    standing = index(both.replace("      name: Volthaus\n", ""))
    assert standing.note == "not compared on every line, left out: volthaus"


@pytest.mark.parametrize("sections", ["", "competition: {factors: {purpose: 1}}\n"])
def test_no_list_of_rivals(sections: str) -> None:
    standing = index(sections)
    assert (standing.value, standing.missing) == (None, ("competition.rivals",))


def test_no_rival_is_nobody_to_compare_with() -> None:
    standing = index("competition: {rivals: []}\n")
    assert (standing.value, standing.missing, standing.note) == (None, (), NOTHING_TO_DIVIDE)


@pytest.mark.parametrize("line", COMPARISONS)
def test_each_comparison_moves_the_index(line: str) -> None:
    base = rivals(("krantec", "3333333", "3333333"))
    path = f"competition.rivals.0.comparisons.{line}"
    # two steps of 28
    assert moved("competition.index", base, f"{path}.us", "5").value == pytest.approx(2 / 28)
    standing = moved("competition.index", base, f"{path}.them", "5")
    assert standing.value == pytest.approx(-2 / 28)
    assert standing.reasons[0].note == f"level; losing: {line}"


def test_a_doubted_rival_makes_it_less_sure() -> None:
    before, after = doubted("competition.index", TWO, "competition.rivals.1.name")
    # half of the comparisons count 0.3
    assert (before, after) == pytest.approx((0.6, 0.45))


FIVE = """\
competition:
  factors:
    purpose: 2
    timing: 3
    terrain: 1
    leadership: 5
    method: 4
"""


def test_the_five_factors_by_hand() -> None:
    # (2 + 3 + 1 + 5 + 4) / 5 · 20
    factors = figure("competition.factors", FIVE)
    assert (factors.value, factors.unit, factors.note) == (pytest.approx(60), "of 100", None)
    assert [reason.name for reason in factors.reasons] == [
        f"competition.factors.{name}" for name in FACTORS
    ]
    assert [reason.line for reason in factors.reasons] == [6, 7, 8, 9, 10]
    assert [reason.threshold for reason in factors.reasons] == [2, None, None, None, None]


@pytest.mark.parametrize(
    ("purpose", "value", "note"),
    [
        ("2", 60, None),
        ("1.9", 59.6, "purpose below 2: stop"),
        ("0", 52, "purpose below 2: stop"),
        ("5", 72, None),
    ],
)
def test_too_little_shared_purpose_is_a_stop(purpose: str, value: float, note: str | None) -> None:
    factors = moved("competition.factors", FIVE, "competition.factors.purpose", purpose)
    assert (factors.value, factors.note) == (pytest.approx(value), note)


def test_the_stop_is_a_setting() -> None:
    factors = figure("competition.factors", FIVE, with_=scoring(purpose_from="2.5"))
    assert factors.note == "purpose below 2.5: stop"


@pytest.mark.parametrize("name", FACTORS)
def test_each_factor_moves_the_figure_and_is_needed(name: str) -> None:
    before = figure("competition.factors", FIVE).value
    factors = moved("competition.factors", FIVE, f"competition.factors.{name}", "3.5")
    old = {"purpose": 2, "timing": 3, "terrain": 1, "leadership": 5, "method": 4}[name]
    assert factors.value == pytest.approx(before + (3.5 - old) * 4)
    text = without(plan(FIVE), f"competition.factors.{name}")
    lacking = enriched(text).figures["competition.factors"]
    assert (lacking.value, lacking.missing) == (None, (f"competition.factors.{name}",))
    assert (lacking.note, lacking.unit) == (None, "of 100")


def conditions(*scores: str) -> str:
    lines = [
        f"    {name}:\n      score: {score}\n"
        for name, score in zip(CONDITIONS, scores, strict=True)
    ]
    return "competition:\n  readiness:\n" + "".join(lines)


@pytest.mark.parametrize(
    ("scores", "value", "note"),
    [
        ("22222", 100, "go"),
        ("21211", 70, "go"),
        ("21111", 60, "not yet"),
        ("22102", 70, "go; fix first: preparation"),
        ("02111", 50, "not yet; fix first: go or no go"),
        ("20200", 40, "not yet; fix first: resources, preparation, authority"),
        ("00000", 0, "not yet; fix first: go or no go, resources, alignment, preparation, authority"),
    ],
)  # fmt: skip
def test_ready_to_win(scores: str, value: float, note: str) -> None:
    readiness = figure("competition.readiness", conditions(*scores))
    assert (readiness.value, readiness.note, readiness.unit) == (
        pytest.approx(value),
        note,
        "of 100",
    )
    assert {reason.threshold for reason in readiness.reasons} == {70}
    assert [reason.line for reason in readiness.reasons] == [7, 9, 11, 13, 15]
    assert readiness.missing == ()


def test_from_when_we_go_is_a_setting() -> None:
    text = conditions(*"21111")
    readiness = figure("competition.readiness", text, with_=scoring(go_from="60"))
    assert readiness.note == "go"


@pytest.mark.parametrize("name", CONDITIONS)
def test_each_condition_moves_it_and_is_needed(name: str) -> None:
    text = conditions(*"11111")
    path = f"competition.readiness.{name}.score"
    assert moved("competition.readiness", text, path, "2").value == pytest.approx(60)
    lacking = enriched(without(plan(text), f"competition.readiness.{name}"))
    readiness = lacking.figures["competition.readiness"]
    assert (readiness.value, readiness.missing, readiness.unit) == (None, (path,), "of 100")


@pytest.mark.parametrize("key", ["factors", "readiness"])
def test_nothing_told_of_factors_and_conditions(key: str) -> None:
    for sections in ("", "competition: {rivals: []}\n"):
        made = figure(f"competition.{key}", sections)
        assert (made.value, made.missing) == (None, (f"competition.{key}",))
        assert made.unit == "of 100"


@pytest.mark.parametrize("text", [FIVE, conditions(*"11111")])
def test_doubts_of_the_section_make_it_less_sure(text: str) -> None:
    key = "competition.factors" if text == FIVE else "competition.readiness"
    opinion = text.replace("competition:\n", "competition:\n  evidence: {grade: opinion}\n")
    assert figure(key, text).confidence == pytest.approx(0.6)
    assert figure(key, opinion).confidence == pytest.approx(0.3)
