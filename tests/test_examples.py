"""The example portfolio: clean, varied, fictional, and every section of the form in use."""

from __future__ import annotations

import datetime
import re

import pytest

from generator.figures import Account, Portfolio
from generator.form import Playbook

TODAY = datetime.date(2026, 11, 23)
CHINESE = re.compile("[\u4e00-\u9fff]")
# Gaps are for teams with half-filled plans; the example has none.
UNUSED = {"waivers", "overrides"}


@pytest.fixture
def portfolio(example_portfolio: Portfolio) -> Portfolio:
    return example_portfolio


def playbook(account: Account) -> Playbook:
    assert account.playbook is not None
    return account.playbook


def test_there_is_no_finding_at_all(portfolio: Portfolio) -> None:
    assert [str(finding) for finding in portfolio.findings] == []


def test_there_are_enough_of_each_kind(portfolio: Portfolio) -> None:
    accounts = [playbook(account).account for account in portfolio.accounts]
    statuses = [facts.status for facts in accounts]
    tiers = {account.figures["tier"].value for account in portfolio.accounts}
    parents = [facts.parent for facts in accounts if facts.parent]
    assert len(accounts) >= 12
    assert statuses.count("prospect") >= 2
    assert statuses.count("former") >= 2
    assert tiers == set("ABCD")
    assert max(parents.count(parent) for parent in parents) >= 2
    assert sum(bool(CHINESE.search(facts.name or "")) for facts in accounts) >= 3


def test_each_says_that_it_is_fictional(portfolio: Portfolio) -> None:
    for account in portfolio.accounts:
        comments = account.document.text.partition("schema: 1")[0].lower()
        assert "fictional" in comments
        assert "fictional" in (playbook(account).account.tags or ())


def test_each_is_whole_and_honest(portfolio: Portfolio) -> None:
    for account in portfolio.accounts:
        assert len(account.plan.unknowns) <= 3
        assert not any(getattr(playbook(account), name) for name in UNUSED)


def test_no_two_are_alike(portfolio: Portfolio) -> None:
    for field in ("summary", "strategy"):
        texts = [str(getattr(playbook(account), field)) for account in portfolio.accounts]
        assert len(set(texts)) == len(texts)


def test_every_section_is_in_use(portfolio: Portfolio) -> None:
    used = {
        name
        for account in portfolio.accounts
        for name in Playbook.model_fields
        if getattr(playbook(account), name)
    }
    assert set(Playbook.model_fields) - used == UNUSED


def test_references_prove_something(portfolio: Portfolio) -> None:
    proofs = [account.figures["risk.proof_coverage"].value for account in portfolio.accounts]
    assert any(value and value > 0 for value in proofs)
