"""The grid of talks: who was there, how long ago, of what; and who began."""

from __future__ import annotations

import math
from typing import Any

import pytest

from generator.figures import Figure, Reason
from generator.figures.communication import evenness
from generator.figures.figure import NOTHING_TO_DIVIDE
from generator.settings import Settings
from generator.share import defaults_folder
from tests.figures.moving import doubted, moved, scoring
from tests.figures.small import CATALOGUE, figure, settings

KEY = "relationship.communication"
# boss speaks for the organisation, desk and aide for persons, new for neither
TALKS = """\
relationship:
  contacts:
    - {id: boss, level: company}
    - id: desk
      level: handler
    - {id: aide, level: related}
    - {id: new}
    - {id: gone, level: company, left_on: 2026-11-23}
    - {id: going, level: company, left_on: 2026-11-24}
  interactions:
    - date: 2026-11-23
      contacts: [boss]
      element: information
    - date: 2026-10-24
      contacts: [desk]
      channel: meeting
    - date: 2026-09-24
      contacts: [boss, desk]
      element: ideas
    - date: 2026-11-23
      contacts: [aide, new]
      dimension: organisation
      element: information
"""


def talks(*entries: str) -> str:
    """The contacts above with other talks."""
    listed = ", ".join(f"{{{entry}}}" for entry in entries)
    return TALKS.split("  interactions:\n", maxsplit=1)[0] + f"  interactions: [{listed}]\n"


def cells(grid: Figure) -> dict[str, float]:
    """By cell what its talks count; those with none are left out."""
    return {
        reason.name: reason.value
        for reason in grid.reasons
        if reason.unit == "talks" and reason.value
    }


def mark(grid: Figure, name: str) -> Reason:
    return next(reason for reason in grid.reasons if reason.name == name)


def test_communication_by_hand() -> None:
    # 0, 30, 60 days ago count 1, 1/2, 1/4; the third is with both levels and counts in both rows;
    # the fourth says its row itself.
    #                information  ideas  feeling
    # organisation      1 + 1      1/4      0     2.25
    # person              0        1/4     1/2    0.75
    # filled (1 + 1/4 + 1/4 + 1/2) / 6 = 1/3; balance 0.75 / 2.25 = 1/3
    # columns 2, 1/2, 1/2 of 3: -(2/3 ln 2/3 + 2 · 1/6 ln 1/6) / ln 3 = 0.78969
    # 100 · (0.5 / 3 + 0.25 / 3 + 0.25 · 0.78969) = 44.742
    grid = figure(KEY, TALKS)
    assert grid.value == pytest.approx(44.742, abs=5e-4)
    assert (grid.unit, grid.note, grid.missing) == ("of 100", None, ())
    assert grid.confidence == pytest.approx(0.6)
    assert cells(grid) == pytest.approx(
        {
            "organisation.information": 2,
            "organisation.ideas": 0.25,
            "person.ideas": 0.25,
            "person.feeling": 0.5,
        }
    )
    names = [reason.name for reason in grid.reasons]
    assert names == [
        *(f"organisation.{name}" for name in ("information", "ideas", "feeling")),
        *(f"person.{name}" for name in ("information", "ideas", "feeling")),
        *("filled", "balance", "evenness", "window", "half-life"),
    ]
    assert [mark(grid, name).value for name in ("filled", "balance", "evenness")] == pytest.approx(
        [1 / 3, 1 / 3, 0.78969], abs=5e-6
    )
    assert [mark(grid, name).weight for name in ("filled", "balance", "evenness")] == [
        0.5,
        0.25,
        0.25,
    ]
    assert [mark(grid, name).value for name in ("window", "half-life")] == [90, 30]
    assert all("scoring.yaml:" in (reason.setting or "") for reason in grid.reasons[6:])


def test_a_cell_tells_its_talks() -> None:
    grid = figure(KEY, TALKS)
    assert [
        (reason.name, str(reason.value), reason.line)
        for reason in mark(grid, "person.feeling").inputs
    ] == [
        ("relationship.interactions.2026-10-24.date", "2026-10-24", 17),
        ("relationship.interactions.2026-10-24.contacts", "desk", 18),
        ("relationship.contacts.desk.level", "handler", 8),
        ("relationship.interactions.2026-10-24.channel", "meeting", 19),
        ("channels.meeting.element", "feeling", None),
    ]
    assert mark(grid, "person.feeling").inputs[0].weight == pytest.approx(0.5)
    # what the talk says itself comes before what its contacts' levels or its channel say
    own = [
        (reason.name.rpartition(".")[2], reason.line)
        for reason in mark(grid, "organisation.information").inputs
    ]
    assert own[-3:] == [("date", 23), ("dimension", 25), ("element", 26)]


@pytest.mark.parametrize(
    ("dotted", "new", "value"),
    [
        # the first and fourth alike: both rows and their columns as worked out below each
        # person.feeling 1: filled 2.5/6, rows 2.25 and 1.25, columns 2, .5, 1 of 3.5
        ("interactions.1.date", "2026-11-23", (2.5, 2.25, 1.25, (2, 0.5, 1))),
        # organisation.feeling .5: filled 2/6, rows 2.75 and .25
        ("contacts.1.level", "company", (1.75, 2.75, 0, (2, 0.25, 0.5))),
        ("interactions.1.contacts", "boss", (2, 2.75, 0.25, (2, 0.5, 0.5))),
        # person.information 1
        ("interactions.3.dimension", "person", (3, 1.25, 1.75, (2, 0.5, 0.5))),
        # organisation.feeling 1
        ("interactions.3.element", "feeling", (3, 2.25, 0.75, (1, 0.5, 1.5))),
    ],
)
def test_an_input_moves_it(dotted: str, new: str, value: Any) -> None:
    filled, first_row, second_row, columns = value
    shares = [column / sum(columns) for column in columns]
    even = -sum(share * math.log(share) for share in shares) / math.log(3)
    balance = min(first_row, second_row) / max(first_row, second_row)
    expected = 100 * (0.5 * filled / 6 + 0.25 * balance + 0.25 * even)
    if dotted.endswith("contacts"):
        grid = figure(KEY, TALKS.replace("[desk]", f"[{new}]"))
        assert new in [reason.value for reason in mark(grid, "organisation.feeling").inputs]
    else:
        grid = moved(KEY, TALKS, f"relationship.{dotted}", new)
    assert grid.value == pytest.approx(expected)


def test_a_channel_moves_it() -> None:
    catalogue = CATALOGUE.replace(
        "  meeting: {label: {en: Meeting}, element: feeling}\n",
        "  meeting: {label: {en: Meeting}, element: feeling}\n"
        "  call: {label: {en: Call}, element: information}\n",
    )
    with_ = settings(catalogue=catalogue)
    grid = figure(KEY, TALKS.replace("channel: meeting", "channel: call"), with_=with_)
    assert cells(grid)["person.information"] == pytest.approx(0.5)
    (served,) = (reason for reason in mark(grid, "person.information").inputs if reason.setting)
    assert (served.name, served.value) == ("channels.call.element", "information")


@pytest.mark.parametrize(
    ("entry", "counts"),
    [
        ("date: 2026-11-23, contacts: [boss], element: ideas", {"organisation.ideas": 1}),
        # 90 days are within the window, 91 are not; what is to come has not happened
        ("date: 2026-08-25, contacts: [boss], element: ideas", {"organisation.ideas": 1 / 8}),
        ("date: 2026-08-24, contacts: [boss], element: ideas", {}),
        ("date: 2026-11-24, contacts: [boss], element: ideas", {}),
        # it counts once for each row, however many were there
        ("date: 2026-11-23, contacts: [desk, aide, desk], element: ideas", {"person.ideas": 1}),
        ("date: 2026-11-23, contacts: [new, boss], element: ideas", {"organisation.ideas": 1}),
        # out: nobody known, only those who left
        ("date: 2026-11-23, element: ideas", {}),
        ("date: 2026-11-23, contacts: [], element: ideas", {}),
        ("date: 2026-11-23, contacts: [gone], dimension: person, element: ideas", {}),
        ("date: 2026-11-23, contacts: [going], element: ideas", {"organisation.ideas": 1}),
        ("date: 2026-11-23, contacts: [gone, desk], element: ideas", {"person.ideas": 1}),
    ],
)
def test_which_talks_count(entry: str, counts: dict[str, float]) -> None:
    grid = figure(KEY, talks(entry))
    assert cells(grid) == pytest.approx(counts)
    # one cell only: 100 · 0.5 · cell / 6
    assert grid.value == pytest.approx(100 * 0.5 * sum(counts.values()) / 6)
    assert grid.confidence == pytest.approx(0.6)
    assert [reason.note for reason in grid.reasons].count("none counts") == (not counts)


def test_who_left_is_named() -> None:
    grid = figure(
        KEY,
        talks(
            "date: 2026-11-23, contacts: [gone, desk], element: ideas",
            "date: 2026-11-20, contacts: [gone], element: ideas",
        ),
    )
    assert [
        (str(reason.value), reason.line) for reason in grid.reasons if reason.note == "gone left"
    ] == [("2026-11-23", 11)]
    for day in ("2026-08-24", "2026-11-24"):
        entry = f"date: {day}, contacts: [gone], element: ideas"
        assert not [
            reason for reason in figure(KEY, talks(entry)).reasons if reason.note == "gone left"
        ]
    entry = "date: 2026-08-25, contacts: [gone], element: ideas"
    assert [reason for reason in figure(KEY, talks(entry)).reasons if reason.note == "gone left"]


@pytest.mark.parametrize("sections", [talks(), "relationship: {contacts: [], interactions: []}\n"])
def test_no_talks_are_none(sections: str) -> None:
    grid = figure(KEY, sections)
    assert (grid.value, grid.missing) == (0, ())
    assert len([reason for reason in grid.reasons if reason.unit == "talks"]) == 6


@pytest.mark.parametrize(
    ("sections", "missing"),
    [
        ("", ("relationship.contacts", "relationship.interactions")),
        ("relationship: {contacts: [{id: a}]}\n", ("relationship.interactions",)),
        ("relationship: {interactions: []}\n", ("relationship.contacts",)),
        (
            talks("date: 2026-11-20, contacts: [new], channel: meeting"),
            ("relationship.interactions.2026-11-20.dimension",),
        ),
        (
            talks("date: 2026-11-20, contacts: [new]", "date: 2026-11-21, contacts: [desk]"),
            (
                "relationship.interactions.2026-11-20.dimension",
                "relationship.interactions.2026-11-20.element",
                "relationship.interactions.2026-11-21.element",
            ),
        ),
    ],
)
def test_missing(sections: str, missing: tuple[str, ...]) -> None:
    grid = figure(KEY, sections)
    assert (grid.value, grid.missing, grid.unit) == (None, missing, "of 100")


@pytest.mark.parametrize(
    "entry",
    [
        "contacts: [boss], channel: smoke",
        "contacts: [boss], dimension: team, element: gossip",
    ],
)
def test_words_that_nobody_has_configured_keep_it_waiting(entry: str) -> None:
    grid = figure(KEY, talks(f"date: 2026-11-20, {entry}"))
    waits_on = ("relationship.interactions.2026-11-20",)
    assert (grid.value, grid.missing, grid.waits_on) == (None, (), waits_on)


def test_a_talk_with_somebody_who_is_no_contact_keeps_it_waiting() -> None:
    grid = figure(KEY, talks("date: 2026-11-23, contacts: [stranger], element: ideas"))
    assert (grid.value, grid.waits_on) == (None, ("relationship.contacts.stranger",))


def test_what_is_in_no_cell_is_named() -> None:
    grid = figure(
        KEY,
        talks(
            "date: 2026-11-23, contacts: [boss], element: ideas",
            "date: 2026-11-20, contacts: [new]",
            "date: 2026-11-19, contacts: [new], element: ideas",
            "date: 2026-11-18, contacts: [boss]",
        ),
    )
    assert cells(grid) == {"organisation.ideas": 1}
    assert grid.note == (
        "in no cell: 2026-11-20 (no dimension and no element), 2026-11-19 (no dimension),"
        " 2026-11-18 (no element)"
    )
    assert [
        (str(reason.value), reason.note) for reason in grid.reasons if reason.note and reason.line
    ] == [
        ("2026-11-20", "no dimension and no element"),
        ("2026-11-19", "no dimension"),
        ("2026-11-18", "no element"),
    ]


def labels(*changes: tuple[str, str]) -> Settings:
    """Other rows or columns of the grid; where there is no feeling, there is no meeting."""
    text = (defaults_folder() / "labels.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        begin = text.index(f"\n{old}:\n") + 1
        end = text.index("\n", begin)
        while text[end + 1] == " ":
            end = text.index("\n", end + 1)
        text = text[:begin] + new.replace(":\n", ":\n  off: true\n", 1) + text[end + 1 :]
    meeting = "  off: true\n  meeting: {label: {en: Meeting}, element: feeling}\n"
    if any(old == "elements" and "feeling" not in new for old, new in changes):
        catalogue = CATALOGUE.replace(f"channels:\n{meeting}", "channels: {off: true}\n")
        return settings(labels=text, catalogue=catalogue)
    return settings(labels=text)


TWO = "elements:\n  ideas: {en: Ideas}\n  feeling: {en: Feeling}\n"
THREE = "dimensions:\n  team: {en: Team}\n  organisation: {en: House}\n  person: {en: Person}\n"
ONE = "elements:\n  ideas: {en: Ideas}\n"


def test_the_grid_follows_the_configuration() -> None:
    grid = figure(
        KEY,
        talks(
            "date: 2026-11-23, contacts: [boss], element: ideas",
            "date: 2026-11-23, contacts: [desk], element: ideas",
            "date: 2026-11-23, contacts: [desk], dimension: team, element: ideas",
            "date: 2026-10-24, contacts: [desk], dimension: team, channel: meeting",
        ),
        with_=labels(("elements", TWO), ("dimensions", THREE)),
    )
    # cells 1, 1/2 (team), 1, 1 of 6; rows 1.5, 1, 1; columns 3, 1/2 of 3.5
    even = -(6 / 7 * math.log(6 / 7) + 1 / 7 * math.log(1 / 7)) / math.log(2)
    assert [reason.name for reason in grid.reasons][:6] == [
        "team.ideas",
        "team.feeling",
        "organisation.ideas",
        "organisation.feeling",
        "person.ideas",
        "person.feeling",
    ]
    assert grid.value == pytest.approx(100 * (0.5 * 3.5 / 6 + 0.25 / 1.5 + 0.25 * even))


def test_one_column_is_even_and_none_is_no_grid() -> None:
    talk = talks("date: 2026-11-23, contacts: [boss, desk], element: ideas")
    assert figure(KEY, talk, with_=labels(("elements", ONE))).value == pytest.approx(100)
    assert figure(KEY, talks(), with_=labels(("elements", ONE))).value == 0
    for old in ("elements", "dimensions"):
        grid = figure(KEY, talk, with_=labels((old, f"{old}: {{off: true}}\n")))
        assert (grid.value, grid.missing, grid.note) == (None, (), NOTHING_TO_DIVIDE)


@pytest.mark.parametrize(
    ("numbers", "value"),
    [
        # one talk of 30 days ago, with both levels: two cells, balance 1, evenness 0
        ({}, 100 * (0.5 * 1 / 6 + 0.25)),
        ({"half_life_days": "15"}, 100 * (0.5 * 0.5 / 6 + 0.25)),
        ({"window_days": "30"}, 100 * (0.5 * 1 / 6 + 0.25)),
        ({"window_days": "29"}, 0),
        ({"filled": "0.2"}, 100 * (0.2 * 1 / 6 + 0.25)),
        ({"balance": "0.4"}, 100 * (0.5 * 1 / 6 + 0.4)),
    ],
)
def test_a_setting_moves_it(numbers: dict[str, str], value: float) -> None:
    talk = talks("date: 2026-10-24, contacts: [boss, desk], element: ideas")
    assert figure(KEY, talk, with_=scoring(**numbers)).value == pytest.approx(value)


def test_the_weight_of_evenness_moves_it() -> None:
    # 11.111 of 100 more than in the worked number are (0.39 - 0.25) · 0.78969
    grid = figure(KEY, TALKS, with_=scoring(evenness="0.39"))
    assert grid.value == pytest.approx(44.742 + 14 * 0.78969, abs=1e-3)


@pytest.mark.parametrize(
    ("amounts", "value"),
    [
        ((), 0),
        ((0, 0), 0),
        ((3, 0), 0),
        ((2, 2), 1),
        ((5,), 1),
        ((1, 3), -(0.25 * math.log(0.25) + 0.75 * math.log(0.75)) / math.log(2)),
        ((1, 1, 0), math.log(2) / math.log(3)),
    ],
)
def test_evenness(amounts: tuple[float, ...], value: float) -> None:
    assert evenness(amounts) == pytest.approx(value)


def test_a_doubted_talk_is_less_sure_the_more_it_counts() -> None:
    # default 0.6, opinion 0.3; three of the talk's four inputs are doubted, the level is not;
    # it counts 1 of 1 + 1/2 + 1/4 + 1
    before, after = doubted(KEY, TALKS, "relationship.interactions.0.element")
    assert (before, after) == pytest.approx((0.6, 0.6 - 0.3 * 3 / 4 / 2.75))


INITIATIVE = "relationship.initiative"


def begun(*who: str) -> str:
    """Talks of today, each with the desk."""
    return talks(
        *(
            f"date: 2026-11-23, contacts: [desk]{f', initiated_by: {side}' if side else ''}"
            for side in who
        )
    )


@pytest.mark.parametrize(
    ("who", "value", "note"),
    [
        (("us", "us", "them"), 2 / 3, None),
        (("us", "us", "us", "them", "them"), 0.6, None),
        (("us", "them"), 0.5, None),
        (("us", "them", "them"), 1 / 3, "we begin too few"),
        (("us", "us", "us", "us", "them"), 0.8, None),
        (("us", "us", "us", "us", "us", "them"), 5 / 6, "they begin too few"),
        (("us",), 1, "they begin too few"),
        (("them",), 0, "we begin too few"),
        (("us", "them", ""), 0.5, "without 1 of which nobody wrote who began"),
        (
            ("", "us", ""),
            1,
            "they begin too few; without 2 of which nobody wrote who began",
        ),
    ],
)
def test_initiative(who: tuple[str, ...], value: float, note: str | None) -> None:
    initiative = figure(INITIATIVE, begun(*who))
    assert (initiative.value, initiative.note, initiative.unit) == (
        pytest.approx(value),
        note,
        "share",
    )
    assert initiative.confidence == pytest.approx(0.6)
    assert [reason.value for reason in initiative.reasons if reason.setting] == [0.5, 0.8, 90]


@pytest.mark.parametrize(
    ("entry", "counts"),
    [
        ("date: 2026-08-25, contacts: [desk], initiated_by: us", True),
        ("date: 2026-08-24, contacts: [desk], initiated_by: us", False),
        ("date: 2026-11-24, contacts: [desk], initiated_by: us", False),
        ("date: 2026-11-23, contacts: [gone], initiated_by: us", False),
        ("date: 2026-11-23, contacts: [gone, desk], initiated_by: us", True),
        ("date: 2026-11-23, initiated_by: us", False),
    ],
)
def test_whose_beginning_counts(entry: str, counts: bool) -> None:
    initiative = figure(INITIATIVE, talks(entry))
    assert initiative.value == (1 if counts else None)
    assert initiative.missing == ()
    if not counts:
        assert initiative.note == NOTHING_TO_DIVIDE
        assert (0, "none counts") in [(reason.value, reason.note) for reason in initiative.reasons]
    named = [reason.note for reason in initiative.reasons if reason.note == "gone left"]
    assert len(named) == ("gone" in entry and counts)


@pytest.mark.parametrize(
    ("sections", "missing"),
    [
        ("", ("relationship.contacts", "relationship.interactions")),
        (begun(""), ("relationship.interactions.2026-11-23.initiated_by",)),
        (begun("", ""), ("relationship.interactions.2026-11-23.initiated_by",)),
    ],
)
def test_initiative_missing(sections: str, missing: tuple[str, ...]) -> None:
    initiative = figure(INITIATIVE, sections)
    assert (initiative.value, initiative.missing, initiative.note) == (None, missing, None)


BEGUN = TALKS.replace("element: information", "initiated_by: us").replace(
    "channel: meeting", "initiated_by: them"
)


def test_an_input_moves_the_initiative() -> None:
    # us, them, nobody known, us: 2 of 3
    assert figure(INITIATIVE, BEGUN).value == pytest.approx(2 / 3)
    now = moved(INITIATIVE, BEGUN, "relationship.interactions.0.initiated_by", "them")
    assert now.value == pytest.approx(1 / 3)
    now = moved(INITIATIVE, BEGUN, "relationship.interactions.1.date", "2026-11-01")
    assert now.value == pytest.approx(2 / 3)
    before, after = doubted(INITIATIVE, BEGUN, "relationship.interactions.0.initiated_by")
    assert (before, after) == pytest.approx((0.6, 0.5))


@pytest.mark.parametrize(
    ("numbers", "who", "note"),
    [
        ({"initiative_from": "0.4"}, ("us", "us", "them", "them", "them"), None),
        ({"initiative_from": "0.41"}, ("us", "us", "them", "them", "them"), "we begin too few"),
        ({"initiative_to": "0.6"}, ("us", "us", "us", "them", "them"), None),
        ({"initiative_to": "0.59"}, ("us", "us", "us", "them", "them"), "they begin too few"),
    ],
)
def test_a_limit_moves_the_note(
    numbers: dict[str, str], who: tuple[str, ...], note: str | None
) -> None:
    assert figure(INITIATIVE, begun(*who), with_=scoring(**numbers)).note == note
