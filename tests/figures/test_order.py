"""Figures depend on the files, site_config and today: not on order, other runs, or the clock."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest
import yaml

from generator.figures import Account
from tests.figures.edits import PORT, WHOLE
from tests.figures.small import enriched, forget, portfolio

OTHERS = {
    "port": PORT,
    "west": WHOLE.replace("name: Acme", "name: West"),
    "broken": "schema: [",
    "empty": "",
}


def figures(account: Account) -> dict[str, tuple[Any, Any, Any]]:
    return {
        key: (figure.value, figure.confidence, sorted(figure.missing))
        for key, figure in account.figures.items()
    }


def shuffled(node: Any, chance: random.Random) -> Any:
    """The same data with the keys of every mapping in another order; lists stay."""
    if isinstance(node, dict):
        pairs = list(node.items())
        chance.shuffle(pairs)
        return {key: shuffled(value, chance) for key, value in pairs}
    if isinstance(node, list):
        return [shuffled(item, chance) for item in node]
    return node


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_keys_does_not_matter(seed: int) -> None:
    data = yaml.load(WHOLE, Loader=yaml.BaseLoader)
    text = yaml.safe_dump(shuffled(data, random.Random(seed)), sort_keys=False)
    text = text.replace("'", "")
    before = figures(enriched(WHOLE, others={"port": PORT}))
    after = figures(enriched(text, others={"port": PORT}))
    for key, (value, sure, missing) in before.items():
        assert after[key][0] == (pytest.approx(value) if isinstance(value, float) else value), key
        assert after[key][1] == pytest.approx(sure)
        assert after[key][2] == missing


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_files_does_not_matter(seed: int) -> None:
    texts = list({"acme": WHOLE, **OTHERS}.items())
    straight = {account.id: account for account in portfolio(dict(texts)).accounts}
    random.Random(seed).shuffle(texts)
    crossed = {account.id: account for account in portfolio(dict(texts)).accounts}
    assert straight.keys() == crossed.keys()
    for name, key_account in straight.items():
        assert key_account.figures == crossed[name].figures
        assert key_account.findings == crossed[name].findings


def test_two_runs_are_equal() -> None:
    once = portfolio({"acme": WHOLE, **OTHERS})
    forget()
    again = portfolio({"acme": WHOLE, **OTHERS})
    assert once is not again
    assert once.findings == again.findings
    assert [account.figures for account in once.accounts] == [
        account.figures for account in again.accounts
    ]


def test_today_is_an_argument_and_the_clock_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(datetime.date):
        @classmethod
        def today(cls) -> Stopped:
            raise AssertionError("the clock was read")

    monkeypatch.setattr(datetime, "date", Stopped)
    day = datetime.date(2027, 1, 5)
    assert enriched(WHOLE, today=day, others=OTHERS).figures["revenue.last_year"].missing == (
        "economics.revenue.2026",
    )


def test_a_file_that_cannot_be_read_has_no_figures_and_disturbs_no_other() -> None:
    alone = enriched(WHOLE, others={"port": PORT})
    among = enriched(WHOLE, others=OTHERS)
    assert alone.figures == among.figures
    broken = portfolio({"acme": WHOLE, **OTHERS}).account("broken")
    assert broken is not None
    assert (dict(broken.figures), broken.playbook) == ({}, None)


def test_a_file_with_a_mistake_has_the_figures_of_what_is_valid() -> None:
    text = WHOLE.replace("retention: 0.5", "retention: 60%").replace("loss: 100000", "loss: lots")
    figures_of_acme = enriched(text, others={"port": PORT}).figures
    assert figures_of_acme["economics.contribution"].value == 500000
    assert figures_of_acme["selection.retained_profit"].waits_on == ("economics.retention",)
    assert figures_of_acme["risk.customer_gross"].waits_on == ("risk.customer.late.loss",)
