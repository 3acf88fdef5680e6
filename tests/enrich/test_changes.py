"""The cheapest change: written into the file it turns the verdict, nine tenths of it do not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.assess import assess
from generator.enrich import Portfolio, enrich
from generator.enrich.changes import Change, cheapest_change
from generator.read import Workspace, read_text
from generator.validate import validate
from tests.enrich.edits import PORT, WHOLE, value_at
from tests.enrich.small import TODAY, account, plan

VERDICTS = (
    "qualification.verdict",
    "deal.verdict",
    "selection.row",
    "selection.column",
    "tier",
    "service.alignment",
)


@pytest.fixture(scope="module")
def portfolio(repository: Path) -> Portfolio:
    return assess(Workspace.at(repository), TODAY)


def change_of(text: str, key: str) -> Change | None:
    """The cheapest change of a playbook's verdict."""
    found = account(text, others={"port": PORT})
    assert found.case is not None
    return cheapest_change(found.case, key)


def written(text: str, change: Change, part: float = 1.0) -> str:
    """The text with the change, or a part of it, in place of the number that stands there."""
    before = change.before or 0.0
    document = read_text(text.encode(), "playbooks/acme.yaml")
    path = change.path
    if isinstance(value_at(text, path), dict):
        path = (*path, "value")
    place = document.value_place(path)
    lines = text.splitlines()
    line = lines[place.line - 1]
    number = re.match(r"[0-9.eE+]+", line[place.column - 1 :])
    assert number is not None, line
    value = f"{before + part * (change.after - before):.9f}"
    end = place.column - 1 + number.end()
    lines[place.line - 1] = line[: place.column - 1] + value + line[end:]
    return "\n".join(lines) + "\n"


def said(text: str, key: str) -> object:
    """What the figure says; of the alignment, on which side of the threshold it is."""
    value = account(text, others={"port": PORT}).figures[key].value
    return value >= 0.75 if key == "service.alignment" else value


@pytest.mark.parametrize("key", VERDICTS)
def test_it_turns_the_verdict_and_nine_tenths_do_not(key: str) -> None:
    change = change_of(WHOLE, key)
    assert change is not None
    now = said(WHOLE, key)
    assert said(written(WHOLE, change), key) == change.verdict != now
    if key != "qualification.verdict":  # a score is whole
        assert said(written(WHOLE, change, 0.9), key) == now


def test_so_does_each_of_the_example_portfolio(portfolio: Portfolio) -> None:
    """Each account's file changed in one place, among all the others as they are."""
    texts = {one.id: one.document.text for one in portfolio.accounts}
    tried = 0
    for one in portfolio.accounts:
        assert one.case is not None
        for key in ("deal.verdict", "tier"):
            change = cheapest_change(one.case, key)
            if change is None:
                continue
            for part, is_turned in ((1.0, True), (0.9, False)):
                text = written(texts[one.id], change, part)
                among = assessed({**texts, one.id: text}, portfolio)
                other = among.account(one.id)
                assert other is not None
                now, then = one.figures[key].value, other.figures[key].value
                assert (then != now) is is_turned, (one.id, change, part)
                tried += 1
    assert tried > 40


def assessed(texts: dict[str, str], like: Portfolio) -> Portfolio:
    """The portfolio anew, with other texts."""
    documents = [read_text(text.encode(), f"playbooks/{name}.yaml") for name, text in texts.items()]
    return enrich(validate(documents, like.settings, TODAY), like.settings, TODAY)


def test_the_least_by_share_is_taken() -> None:
    # 100 against 80: a price 20 % lower than 100 or any value 25 % up from 80 makes it level,
    # so they begin to gain with the price just below 80; our cost of 50 leaves room
    text = plan(
        "economics: {currency: EUR, price: 100, production_cost: 50, marketing_cost: 0}\n"
        "service: {objects: []}\n"
        "risk: {customer: [], own: [], credit: {receivable: 0, days_late: 0,"
        " default_probability: 0, loss_given_default: 0, cost_of_capital: 0}}\n"
        "value: {values: {product: 80, relationship: 0, quality: 0, service: 0, image: 0,"
        " technology: 0}, costs: {switching: 0, effort: 0, time: 0}, alternatives: []}\n"
    )
    change = change_of(text, "deal.verdict")
    assert change is not None
    assert (change.name, change.before, change.verdict) == ("economics.price", 100, "balanced")
    assert 79.8 < change.after < 80
    assert change.size == pytest.approx(0.2, abs=0.002)


def test_a_question_answered_is_a_change_too() -> None:
    answers = ", ".join(
        f"{one}: {{score: 2}}"
        for one in ("target", "satisfaction", "brand", "need", "solution", "money", "competition")
    )
    # 14 of 20 points are 70, held back by the open question of authority
    change = change_of(plan(f"qualification: {{{answers}}}\n"), "qualification.verdict")
    assert change is not None
    assert (change.name, change.before, change.after) == ("qualification.authority", None, 0)
    assert change.verdict == "not_qualified"
    # a knock-out and 9 points; with authority at 1 they are 10 of 20, enough to find out more
    low = plan(f"qualification: {{{answers.replace('2', '1', 5)}, authority: {{score: 0}}}}\n")
    turned = change_of(low, "qualification.verdict")
    assert turned is not None
    assert (turned.name, turned.before, turned.after) == ("qualification.authority", 0, 1)


def test_without_a_verdict_there_is_no_change() -> None:
    assert change_of(plan(), "deal.verdict") is None
    assert change_of(WHOLE, "economics.contribution") is None
