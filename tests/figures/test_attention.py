"""What needs a person: one list for all who show it, and the order of the portfolio."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from generator.figures import Account
from generator.figures.attention import Item, Level, Need, own_stake
from generator.figures.ranking import in_order, items, level
from generator.pages.alerts import in_words
from generator.pages.words import is_money
from generator.portfolio.attention import accounts_in_need, grouped
from tests.figures.small import account, plan, portfolio, settings
from tests.figures.test_health import HEALTHY, RUINS, ruined, value
from tests.workspace import shipped_text

SCORING = shipped_text("scoring")
RULES = shipped_text("rules")
CONTRACT = ", contract: {end: 2027-03-31, notice_by: 2027-02-26}"  # 95 days from today
OWES = "economics: {currency: EUR}\nrisk: {credit: {receivable: 101, limit: 100}}\n"


def told(harbor: Account, *but: Need) -> dict[str, Item]:
    return {item.id: item for item in items(harbor) if item.kind not in but}


def gained(harbor: Account) -> dict[str, Item]:
    """What the ruined plan has and the healthy one has not."""
    before = told(ruined())
    return {id: item for id, item in told(harbor).items() if id not in before}


# What each signal of health says when it alone is ruined: its item, level and text

SAYS: Mapping[str, tuple[str, str, str]] = {
    "revenue": ("revenue-fell", "act", "Their revenue fell by 95 %"),
    "usage": ("usage-fell", "act", "Their usage fell by 53 %"),
    "trust": ("trust-fell", "act", "Their trust in us fell sharply"),
    "satisfaction": ("satisfaction-fell", "act", "Their satisfaction fell sharply"),
    "mood": (
        "measure.mood",
        "watch",
        "Health is pulled down by how they feel about us: 0 of 100",
    ),
    "cases": ("case.l0", "act", "Case l0 of severity 1 is open past its day, 2026-04-15"),
    "delivered": (
        "measure.delivered",
        "watch",
        "Health is pulled down by service delivered: 0 of 100",
    ),
    "promises": ("promise.A drawing", "act", "Promise past its day: A drawing"),
    "threads": ("few-contacts", "watch", "We talk with nobody there; open a second door"),
    "rhythm": ("contact.ana", "act", "Ana Holt should have heard from us by 2026-08-30"),
    "value_for_cost": ("deal", "act", "We would gain, but they are better off without us"),
    "their_risk": (
        "measure.their_risk",
        "watch",
        "Health is pulled down by their risk: 0 of 100",
    ),
    "our_loss": (
        "measure.our_loss",
        "watch",
        "Health is pulled down by our expected loss: 0 of 100",
    ),
    "days_late": (
        "measure.days_late",
        "watch",
        "Health is pulled down by late payment: 0 of 100",
    ),
    "outcome": ("outcome.2026-09-30", "watch", "Business lost on 2026-09-30"),
    "key_person_left": ("key-person-left.Ana Holt", "act", "Ana Holt has left, and nobody follows"),
}


def test_every_ruin_has_its_words() -> None:
    assert SAYS.keys() == RUINS.keys()


@pytest.mark.parametrize("signal", RUINS)
def test_each_signal_alone_asks_for_a_person(signal: str) -> None:
    id, how_urgent, text = SAYS[signal]
    new = gained(ruined(signal))
    assert (id, new[id].level, new[id].text) == (id, how_urgent, text)


def test_the_ruined_customer_is_another_one() -> None:
    """Word, urgency, first sentence, level and place; two plans that differ in seven signals."""
    signals = ("revenue", "trust", "satisfaction", "mood", "cases", "delivered", "outcome")
    well, harbor = ruined(), ruined(*signals)
    assert value(well, "tier") == value(harbor, "tier") == "A"
    assert [value(each, "health.word") for each in (well, harbor)] == ["healthy", "critical"]
    assert [value(each, "selection.urgency") for each in (well, harbor)] == ["none", "rescue"]
    first = next(iter(told(harbor).values()))
    assert first.text == (
        "Critical: health 2 of 100, pulled down most by cases past their day, change of revenue"
    )
    assert all(item.kind is Need.ERROR for item in told(well).values())
    groups = {group.item.id: group.more for group in grouped(items(harbor))}
    assert groups["case.l0"] == 7
    names = {"a-well": HEALTHY, "b-ruined": HEALTHY}
    for old, new in (pair for signal in signals for pair in RUINS[signal]):
        names["b-ruined"] = names["b-ruined"].replace(old, new)
    both = portfolio(names)
    assert [each.id for each in in_order(both.accounts)] == ["b-ruined", "a-well"]
    assert [value(each, "attention.place") for each in both.accounts] == [2, 1]
    assert [each.account.id for each in accounts_in_need(both)] == ["b-ruined", "a-well"]


# One by one: when it is there and when it is not


def customer(text: str = "", more: str = "") -> dict[str, Item]:
    acme = account(plan(text, status="customer", more=more))
    return told(acme, Need.ERROR)


@pytest.mark.parametrize(
    ("more", "text", "expected"),
    [
        # a notice day of 120 days ahead is near, one of 121 is not
        (", contract: {end: 2027-09-30, notice_by: 2027-03-23}", "", "act: Notice deadline 2027-03-23; no action prepares the renewal"),
        (", contract: {end: 2027-09-30, notice_by: 2027-03-24}", "", None),
        (", contract: {end: 2027-03-23}", "", "act: The contract ends on 2027-03-23; no action prepares the renewal"),
        (CONTRACT, "actions: [{id: renew, prepares: renewal}]\n", "watch: Notice deadline 2027-02-26; the renewal is being prepared"),
        (CONTRACT, "actions: [{id: renew, prepares: renewal, done_on: 2026-11-01}]\n", "act: Notice deadline 2027-02-26; no action prepares the renewal"),
        (", contract: {end: 2027-09-30, notice_by: 2026-11-23}", "", "act: Notice deadline 2026-11-23; no action prepares the renewal"),
        (", contract: {end: 2027-09-30, notice_by: 2026-11-22}", "", "act: The notice day 2026-11-22 passed without a decision"),
        (", contract: {end: 2027-09-30, notice_by: 2026-11-22}", "decisions: [{date: 2026-11-01, kind: keep}]\n", None),
        (", contract: {end: 2026-11-22}", "", "act: The contract ended on 2026-11-22, and none follows"),
        # renews by itself: to 2027-03-01, 98 days ahead, and to 2027-06-30
        (", contract: {end: 2025-03-01, auto_renews: true}", "", "act: The contract ends on 2027-03-01; no action prepares the renewal"),
        (", contract: {end: 2026-06-30, notice_by: 2026-03-30, auto_renews: true}", "", None),
    ],
)  # fmt: skip
def test_a_contract_asks_for_a_person(more: str, text: str, expected: str | None) -> None:
    item = customer(text, more).get("contract")
    assert (item and f"{item.level}: {item.text}") == expected


LATE, TODAY_DUE = "2026-11-22", "2026-11-23"


@pytest.mark.parametrize(
    ("text", "id", "says"),
    [
        ("relationship: {promises: [{what: Call, due: DAY}]}\n", "promise.Call", "Promise past its day: Call"),
        ("actions: [{id: call, what: Call them, due: DAY}]\n", "action.call", "Overdue since 2026-11-22: Call them"),
        ("service: {cases: [{id: c1, opened: 2026-11-01, due: DAY}]}\n", "case.c1", "Case c1 of severity 2 is open past its day, 2026-11-22"),
        ("opportunities: [{id: deal, close_on: DAY}]\n", "open-deal.deal", "deal should have closed by 2026-11-22"),
        ("economics: {currency: EUR, price: {unknown: true, owner: kim-larsen, find_by: DAY}}\n", "unknown.economics.price", "Not found out by 2026-11-22: price"),
        (
            "relationship: {contacts: [{id: ana, name: Ana, level: company, rhythm_days: 30}], interactions: [{date: RHYTHM, contacts: [ana], two_way: true}]}\n",
            "contact.ana", "Ana should have heard from us by 2026-11-22",
        ),
        (
            "relationship: {contacts: [{id: ana, name: Ana, level: company, rhythm_days: 30, owner: kim-larsen}], interactions: [{date: RHYTHM, contacts: [ana], two_way: true}]}\n",
            "contact.ana", "Ana should have heard from Kim Larsen by 2026-11-22",
        ),
    ],
)  # fmt: skip
def test_what_is_past_its_day_must_be_acted_on_and_today_is_in_time(
    text: str, id: str, says: str
) -> None:
    late = text.replace("DAY", LATE).replace("RHYTHM", "2026-10-23")
    item = customer(late)[id]
    assert (item.level, item.text, str(item.due)) == (Level.ACT, says, LATE)
    assert id not in customer(text.replace("DAY", TODAY_DUE).replace("RHYTHM", "2026-10-24"))


PRICED = "economics: {{currency: EUR, price: 100, production_cost: {cost}, marketing_cost: 0}}\n"
NOTHING_ELSE = "service: {objects: []}\nrisk: {own: [], customer: [], credit: {receivable: 0, days_late: 0, default_probability: 0, loss_given_default: 0, cost_of_capital: 0}}\n"


@pytest.mark.parametrize(
    ("cost", "expected"),
    [("101", "We lose 1 EUR a year"), ("100", None), ("99", None)],
)
def test_our_margin_below_nothing_must_be_acted_on(cost: str, expected: str | None) -> None:
    item = customer(PRICED.format(cost=cost) + NOTHING_ELSE).get("deal")
    assert (item and item.text) == expected


@pytest.mark.parametrize(
    ("newest", "is_told"), [("2026-09-23", True), ("2026-09-24", False)]
)  # 61 and 60 days old
def test_a_feed_that_stopped_is_told(newest: str, is_told: bool) -> None:
    usage = f"usage: [{{metric: orders, date: 2026-06-30, value: 9}}, {{metric: orders, date: {newest}, value: 9}}]\n"
    item = customer(usage).get("feed.orders")
    says = f"No usage of orders since {newest}"
    assert (item and item.text) == (says if is_told else None)


# What hangs on an account, and who comes first


@pytest.mark.parametrize(
    ("more", "economics", "expected"),
    [
        (", contract: {value: 300}", "currency: EUR, price: 200", 300),
        (", contract: {value: 100}", "currency: EUR, price: 200", 200),
        # USD at 0.50; 2024 is what growth compares 2025 with
        ("", "currency: USD, price: 200, revenue: [{year: 2025, amount: 900}, {year: 2024, amount: 500}]", 250),
        # a part year is compared with the whole of 2025
        ("", "currency: EUR, price: 200, revenue: [{year: 2026, to: 2026-09-30, amount: 900}, {year: 2025, amount: 700}]", 700),
        ("", "currency: EUR", None),
        ("", "price: 200", None),
    ],
)  # fmt: skip
def test_the_stake_is_what_no_signal_moves(
    more: str, economics: str, expected: float | None
) -> None:
    acme = account(plan(f"economics: {{{economics}}}\n", status="customer", more=more))
    assert value(acme, "attention.stake") == expected


@pytest.mark.parametrize(
    ("status", "score", "expected"),
    [("prospect", 0, 0), ("former", 0, 0), ("prospect", 1, 200), ("customer", 0, 200)],
)
def test_nothing_hangs_on_who_does_not_qualify_and_is_no_customer(
    status: str, score: int, expected: float
) -> None:
    text = (
        "economics: {currency: EUR, price: 200}\n"
        f"qualification: {{money: {{answer: tight, score: {score}}}}}\n"
    )
    acme = account(plan(text, status=status))
    assert value(acme, "attention.stake") == expected
    assert acme.case is not None
    assert own_stake(acme.case) == expected


def test_the_order_is_level_then_money_and_the_dropped_last() -> None:
    def known(price: str, text: str = "", status: str = "customer") -> str:
        return plan(f"economics: {{currency: EUR{price}}}\n{text}", status=status)

    late = "actions: [{id: a, due: 2026-11-01}]\n"
    later = "actions: [{id: a, due: 2026-11-02}]\n"
    drop = "decisions: [{date: 2026-01-01, kind: drop%s}]\n"
    plans = {
        "dropped": known(", price: 900", late + drop % ", review_on: 2026-11-23"),
        "former": known(", price: 900", late, "former"),
        "large": known(", price: 500", late),
        "small-early": known(", price: 100", late),
        "small-late": known(", price: 100", later),
        "unpriced": known("", late),
        # the day to look again has passed, and a decision older than a year holds no more
        "looked-again": known(", price: 600", late + drop % ", review_on: 2026-11-22"),
        "broken": "account: [",
    }
    assert [each.id for each in in_order(portfolio(plans).accounts)] == [
        "broken", "unpriced", "looked-again", "large", "small-early", "small-late", "dropped", "former",
    ]  # fmt: skip


def test_the_worst_of_its_items_is_the_level_of_an_account() -> None:
    assert level(account(plan("actions: [{id: a, due: 2026-11-01}]\n"))) is Level.ACT
    assert [item.level for item in items(ruined("outcome"))][-1] is Level.WATCH


def test_what_the_gate_finds_where_an_item_stands_is_said_once() -> None:
    acme = account(plan("actions: [{id: a, what: Call, due: 2026-11-01}]\n", status="customer"))
    lines = [finding.line for finding in acme.findings if finding.entry == "a"]
    assert lines
    assert [item.id for item in items(acme) if ".a" in item.id and item.kind is Need.ACTION] == [
        "action.a"
    ]
    assert not [item for item in items(acme) if item.id.startswith("error.action-overdue")]


# What the settings and the rules say is what counts, not their words


@pytest.mark.parametrize(("days", "is_told"), [(120, True), (95, True), (94, False), (5, False)])
def test_a_notice_day_is_near_by_the_setting(days: int, is_told: bool) -> None:
    known = settings(scoring=SCORING.replace("renewal_days: 120", f"renewal_days: {days}"))
    acme = account(plan(more=CONTRACT, status="customer"), with_=known)
    assert ("contract" in told(acme)) is is_told
    assert ("renewal-plan" in {finding.rule for finding in acme.findings}) is is_told
    assert ("contradiction-renewal" in acme.figures["contradictions"].value) is is_told
    assert "contradiction-renewal" not in {finding.rule for finding in acme.findings}, "told once"


def texts(text: str, rules: str) -> list[str]:
    acme = account(text, with_=settings(rules=rules))
    return [alert.text for item in items(acme) for alert in in_words([item])]


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
    assert says in texts(plan(OWES), RULES.replace(old, new) if old else RULES)


def test_own_rules_that_keep_the_cure_in_the_message_say_it_whole() -> None:
    text = RULES.replace('limit of {there}"\n    cure: "collect', "limit of {there}; collect")
    whole = "They owe us 101, over the limit of 100; collect, or decide on a new limit"
    assert whole in texts(plan(OWES), text)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("EUR", True), ("EUR a year", True), ("money", True), ("TEU", False), ("KPI points", False)],
)
def test_money_is_known_by_its_currency(unit: str, expected: bool) -> None:
    assert is_money(unit) is expected


def test_of_contacts_who_wait_the_most_influential_stands_first() -> None:
    contacts = (
        "relationship: {contacts: [{id: ana, name: Ana, level: company, influence: 2, rhythm_days: 30},"
        " {id: bob, name: Bob, level: company, influence: 5, rhythm_days: 30},"
        " {id: cem, name: Cem, level: company, rhythm_days: 30}],"
        " interactions: [{date: 2026-09-01, contacts: [ana], two_way: true},"
        " {date: 2026-10-01, contacts: [bob], two_way: true},"
        " {date: 2026-08-01, contacts: [cem], two_way: true}]}\n"
    )
    waiting = [id for id in customer(contacts) if id.startswith("contact.")]
    assert waiting == ["contact.bob", "contact.ana", "contact.cem"]
