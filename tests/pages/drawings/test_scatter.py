"""Where to invest: marks and names that do not touch, both thresholds, bins of many accounts."""

from __future__ import annotations

import itertools

import pytest

from generator.pages.drawings.scatter import (
    LETTER,
    LINE,
    MARKS_UP_TO,
    PlottedAccount,
    Scatter,
    scatter,
)
from generator.pages.formats import width_of


def account(name: str, x: float, y: float, tier: str = "A") -> PlottedAccount:
    return PlottedAccount(name=name, href=name, status="customer", tier=tier, x=x, y=y)


def drawn(*accounts: PlottedAccount, width: int = 900, high_from: float = 100) -> Scatter:
    made = scatter(accounts, high_from, width=width, height=460)
    assert made is not None
    return made


def test_no_account_is_no_drawing() -> None:
    assert scatter([], 100, width=900, height=460) is None


def test_both_lines_and_all_marks_lie_within_the_axes() -> None:
    picture = drawn(account("Acme", -50, 20), account("Bay", 400, 900))
    left, top, right, bottom = picture.inner
    acme, bay = sorted(picture.marks, key=lambda mark: mark.account.name)
    assert left < acme.x < picture.line_x < bay.x < right
    assert bottom > acme.y > picture.line_y > bay.y > top
    # area by profit: 20 of 900 is less than the smallest that can be seen
    assert (acme.radius, bay.radius) == (5.0, 18.0)
    assert [corner.count for corner in picture.corners] == [2, 0, 0, 0]


def test_an_account_on_a_threshold_stands_on_its_line() -> None:
    picture = drawn(account("Acme", 0, 100), account("Bay", 400, 900))
    acme = next(mark for mark in picture.marks if mark.account.name == "Acme")
    assert (acme.x, acme.y) == (picture.line_x, picture.line_y)


@pytest.mark.parametrize("width", [900, 340])
def test_names_touch_neither_each_other_nor_a_mark(width: int) -> None:
    many = [account(f"Account {n}", (n * 37) % 100, (n * 61) % 100, "D") for n in range(40)]
    picture = drawn(*many, width=width)
    boxes = [
        (m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in picture.marks
    ]
    for mark in picture.marks:
        if mark.label is None:
            continue
        wide = width_of(mark.label.text) * LETTER
        left = mark.label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[mark.label.anchor]
        boxes.append((left, mark.label.y - LINE + 4, left + wide, mark.label.y + 4))
    labels = boxes[len(picture.marks) :]
    assert labels
    assert picture.unnamed == len(many) - len(labels)
    for one, other in itertools.product(labels, boxes):
        assert one is other or not (
            one[0] + 0.1 < other[2]
            and other[0] + 0.1 < one[2]
            and one[1] + 0.1 < other[3]
            and other[1] + 0.1 < one[3]
        )


def test_many_accounts_are_told_in_bins_on_either_side_of_the_lines() -> None:
    few = [account(f"{n}", n, n) for n in range(MARKS_UP_TO)]
    assert drawn(*few).bins == ()
    picture = drawn(*few, account("one more", -50, 300))
    assert picture.marks == ()
    assert sum(each.count for each in picture.bins) == MARKS_UP_TO + 1
    for each in picture.bins:
        assert not each.x < picture.line_x < each.x + each.width
        assert not each.y < picture.line_y < each.y + each.height
    assert {each.shade for each in picture.bins} <= {1, 2, 3, 4}


def test_ticks_are_round_and_written_as_money() -> None:
    picture = drawn(account("Acme", -50_000, 20_000), account("Bay", 400_000, 900_000))
    assert [tick.text.replace("\u202f", " ") for tick in picture.across] == [
        "0", "200 k", "400 k",
    ]  # fmt: skip
