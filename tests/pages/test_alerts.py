"""What needs attention follows the settings and the kinds of data, not the words of either."""

from __future__ import annotations

import pytest

from generator.pages.account_head import alerts_in_words
from generator.pages.words import is_money
from generator.portfolio.attention import alerts_of
from generator.settings import Settings
from tests.figures.small import TODAY, account, plan, settings

SCORING = settings().documents["scoring"].text
RULES = settings().documents["rules"].text
CONTRACT = ", contract: {end: 2027-03-31, notice_by: 2027-02-26}"  # 95 days from today
OWES = "economics: {currency: EUR}\nrisk: {credit: {receivable: 101, limit: 100}}\n"


def told(text: str, known: Settings) -> list[str]:
    acme = account(text, with_=known)
    return [alert.text for alert in alerts_in_words(alerts_of(acme, known, TODAY), known, TODAY)]


@pytest.mark.parametrize(("days", "is_told"), [(120, True), (95, True), (94, False), (5, False)])
def test_a_notice_day_is_near_by_the_setting(days: int, is_told: bool) -> None:
    known = settings(scoring=SCORING.replace("renewal_days: 120", f"renewal_days: {days}"))
    acme = account(plan(more=CONTRACT), with_=known)
    notices = [alert for alert in told(plan(more=CONTRACT), known) if alert.startswith("Notice")]
    assert bool(notices) is is_told
    assert ("renewal-plan" in {finding.rule for finding in acme.findings}) is is_told
    assert ("contradiction-renewal" in {finding.rule for finding in acme.findings}) is is_told


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("", "", "They owe us 101, over the limit of 100"),
        # neither the id nor the words of a rule tell that it sets two numbers against each other
        ("id: contradiction-credit", "id: owed", "They owe us 101, over the limit of 100"),
        ("they owe us {here}, over", "{here} is owed; over", "101 is owed; over the limit of 100"),
        (
            '    cure: "collect, or decide on a new limit"\n',
            "",
            "They owe us 101, over the limit of 100",
        ),
    ],
)
def test_a_contradiction_is_known_by_what_it_compares(old: str, new: str, says: str) -> None:
    assert old in RULES
    known = settings(rules=RULES.replace(old, new) if old else RULES)
    assert says in told(plan(OWES), known)


def test_own_rules_that_keep_the_cure_in_the_message_say_it_whole() -> None:
    text = RULES.replace('limit of {there}"\n    cure: "collect', "limit of {there}; collect")
    whole = "They owe us 101, over the limit of 100; collect, or decide on a new limit"
    assert whole in told(plan(OWES), settings(rules=text))


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("EUR", True), ("EUR a year", True), ("money", True), ("TEU", False), ("KPI points", False)],
)
def test_money_is_known_by_its_currency(unit: str, expected: bool) -> None:
    assert is_money(unit) is expected
