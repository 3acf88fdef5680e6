"""Organisations within two links: reached, warm or cold, and the way there."""

from __future__ import annotations

import pytest

from generator.figures import Figure
from generator.figures.figure import NOTHING_TO_DIVIDE
from generator.figures.organisations import folded
from tests.figures.moving import moved
from tests.figures.small import enriched, figure, plan

KEY = "relationship.circle"


def links(*entries: str) -> str:
    """Links such as 'Harbor' or 'Harbor!', which is reached, or 'Harbor?', which is not."""
    flags = {"!": ", reached: true", "?": ", reached: false"}
    rows = [f"    - {{to: {entry.rstrip('!?')}{flags.get(entry[-1], '')}}}\n" for entry in entries]
    return f"relationship:\n  links:{'' if rows else ' []'}\n{''.join(rows)}"


def other(name: str, *entries: str) -> str:
    return plan(links(*entries) if entries else "").replace("name: Acme", f"name: {name}")


def told(circle: Figure) -> list[tuple[str, str, str | None]]:
    return [(reason.name, reason.value, reason.note) for reason in circle.reasons]


def test_the_circle_by_hand() -> None:
    # Harbor is reached, Mill and Yard are not; Port and Quay lie behind Harbor, Kiln behind Mill,
    # Ship, which is reached, behind Yard: 2 of 7
    others = {
        "harbor": other("Harbor", "Port", "Quay"),
        "mill": other("Mill", "Kiln"),
        "yard": other("Yard", "Ship!"),
    }
    circle = figure(KEY, links("harbor!", "mill?", "yard"), others=others)
    assert told(circle) == [
        ("Harbor", "reached", "Acme > Harbor"),
        ("Mill", "warm", "Acme > Mill"),
        ("Yard", "warm", "Acme > Yard"),
        ("Kiln", "cold", "Acme > Mill > Kiln"),
        ("Port", "warm", "Acme > Harbor > Port"),
        ("Quay", "warm", "Acme > Harbor > Quay"),
        ("Ship", "reached", "Acme > Yard > Ship"),
    ]
    assert circle.value == pytest.approx(2 / 7)
    assert (circle.unit, circle.missing, circle.note) == ("share", (), None)
    assert circle.confidence == pytest.approx(0.6)
    port = circle.reasons[4]
    assert (port.path, port.line) == ("playbooks/harbor.yaml", 6)
    assert [(reason.name, reason.value, reason.path, reason.line) for reason in port.inputs] == [
        ("relationship.links.harbor.to", "harbor", "playbooks/acme.yaml", 6),
        ("relationship.links.harbor.reached", True, "playbooks/acme.yaml", 6),
        ("relationship.links.Port.to", "Port", "playbooks/harbor.yaml", 6),
    ]


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        # three links away is out
        (
            ["a"],
            {"a": ["b"], "b": ["c"], "c": ["d"]},
            [("a", "warm", "Acme > a"), ("b", "cold", "Acme > a > b")],
        ),
        # links lead both ways
        (
            ["Club"],
            {"b": ["Club"], "c": ["acme"]},
            [
                ("c", "warm", "Acme > c"),
                ("Club", "warm", "Acme > Club"),
                ("b", "cold", "Acme > Club > b"),
            ],
        ),
        # what one account has reached is reached for all; the way leads through whom we know
        (
            ["b", "Club"],
            {"b": ["x"], "c": ["Club!", "x"]},
            [
                ("b", "warm", "Acme > b"),
                ("Club", "reached", "Acme > Club"),
                ("c", "warm", "Acme > Club > c"),
                ("x", "cold", "Acme > b > x"),
            ],
        ),
        (
            ["b", "c!"],
            {"b": ["x"], "c": ["x"]},
            [
                ("b", "warm", "Acme > b"),
                ("c", "reached", "Acme > c"),
                ("x", "warm", "Acme > c > x"),
            ],
        ),
        # somebody reached beyond the circle leads into it
        (
            ["b"],
            {"b": ["x"], "d": ["x"], "e": ["d!"]},
            [("b", "warm", "Acme > b"), ("x", "warm", "d > x")],
        ),
        # each once, shortest way; to itself is no way
        (
            ["acme", "ACME", "b", "b!", "c"],
            {"b": ["c", "acme"]},
            [("b", "reached", "Acme > b"), ("c", "warm", "Acme > c")],
        ),
    ],
)
def test_ways(
    own: list[str], others: dict[str, list[str]], expected: list[tuple[str, str, str]]
) -> None:
    circle = figure(
        KEY,
        links(*own),
        others={name: other(name, *entries) for name, entries in others.items()},
    )
    assert told(circle) == expected
    reached = sum(state == "reached" for _, state, _ in expected)
    assert circle.value == pytest.approx(reached / len(expected))


def test_names_are_the_same_however_written() -> None:
    # an id, a name, other case, other width, more spaces
    circle = figure(
        KEY,
        links("port-one", "PORT One", "\uff30ort  one!", "Stra\u00dfe", "STRASSE"),
        others={"port-one": other("Port One")},
    )
    assert [(reason.name, reason.value) for reason in circle.reasons] == [
        ("Port One", "reached"),
        ("Stra\u00dfe", "warm"),
    ]


def test_an_id_comes_before_a_name_and_the_first_of_two_names() -> None:
    others = {"twin-a": other("Twin"), "twin-b": other("Twin"), "west": other("twin-b")}
    circle = figure(KEY, links("twin", "twin-b"), others=others)
    assert [(reason.name, str(reason.line)) for reason in circle.reasons] == [
        ("Twin", "6"),
        ("Twin", "7"),
    ]
    named = [reason.inputs[0].value for reason in circle.reasons]
    assert named == ["twin", "twin-b"]


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Acme", "acme"),
        (" A  b\u3000c ", "a b c"),
        ("\uff21\uff22", "ab"),
        ("\ufb01ne", "fine"),
        ("GROSS", "gro\u00df"),
    ],
)
def test_folded(name: str, same: str) -> None:
    assert folded(name) == folded(same)


@pytest.mark.parametrize("sections", ["", "relationship: {contacts: []}\n"])
def test_missing(sections: str) -> None:
    circle = figure(KEY, sections, others={"b": other("b", "acme")})
    assert (circle.value, circle.missing, circle.unit) == (None, ("relationship.links",), "share")


def test_nobody_around() -> None:
    circle = figure(KEY, links())
    assert (circle.value, circle.missing, circle.note) == (None, (), NOTHING_TO_DIVIDE)
    assert [(reason.value, reason.note) for reason in circle.reasons] == [(0, "looked, none")]
    # others may know somebody all the same
    assert figure(KEY, links(), others={"b": other("b", "acme")}).value == 0


MINE = """\
relationship:
  links:
    - to: Harbor
      reached: true
    - to: Mill
"""


def test_an_input_moves_it() -> None:
    assert figure(KEY, MINE).value == 0.5
    circle = figure(KEY, MINE.replace("true", "false"))
    assert circle.value == 0
    assert [(reason.value, reason.line) for reason in circle.reasons[0].inputs] == [
        ("Harbor", 6),
        (False, 7),
    ]
    assert figure(KEY, MINE.replace("Mill", "harbor")).value == 1
    now = moved(KEY, MINE, "relationship.links.1.to", "Kiln")
    assert told(now)[-1] == ("Kiln", "warm", "Acme > Kiln")


def test_a_link_of_another_file_is_told_with_its_line() -> None:
    circle = figure(KEY, MINE, others={"b": other("b", "Harbor!", "Mill")})
    assert told(circle)[-1] == ("b", "warm", "Acme > Harbor > b")
    assert {reason.path for reason in circle.reasons[-1].inputs} == {
        "playbooks/acme.yaml",
        "playbooks/b.yaml",
    }


def test_the_evidence_of_the_links_makes_it_sure() -> None:
    text = MINE.replace("relationship:\n", "relationship:\n  evidence: {grade: fact}\n")
    assert figure(KEY, text).confidence == pytest.approx(1)
    # Harbor by our own fact; b by our fact and by their opinion, of three inputs each way
    theirs = other("b", "Harbor").replace(
        "relationship:\n", "relationship:\n  evidence: {grade: opinion}\n"
    )
    circle = enriched(plan(text), others={"b": theirs}).figures[KEY]
    assert circle.reasons[-1].confidence == pytest.approx((1 + 1 + 0.3) / 3)
    assert circle.confidence == pytest.approx((1 + 1 + 2.3 / 3) / 3)


def test_each_account_sees_its_own_circle() -> None:
    others = {"b": other("b", "Harbor")}
    assert [reason.name for reason in figure(KEY, MINE, others=others).reasons] == [
        "Harbor",
        "Mill",
        "b",
    ]
    acme = enriched(plan(MINE), others=others)
    assert acme.case is not None
    theirs = acme.case.neighbours.by_id["b"].figures[KEY]
    assert [(reason.name, reason.value, reason.note) for reason in theirs.reasons] == [
        ("Harbor", "reached", "b > Harbor"),
        ("Acme", "warm", "b > Harbor > Acme"),
    ]
