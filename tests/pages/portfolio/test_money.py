"""Money by tier: where hours go and profit stays, by hand; who is left out, and why."""

from __future__ import annotations

import pytest

from generator.pages.portfolio import money
from generator.pages.portfolio.money import LISTED
from generator.portfolio.money import service_hours
from tests.figures.small import account, plan
from tests.figures.test_control import MONEY
from tests.pages.portfolio.reading import (
    page_of,
    rows_of,
    sentence_of,
    served,
    text_of,
    two,
)

# Three years of 0.9 retention at 10 %: 1/1.1 + 0.9/1.21 + 0.81/1.331 = 2.261458
# acme keeps (1,000,000 - 60) x 2.261458 = 2,261,322, dull (1,000 - 40) x 2.261458 = 2,171


def test_hours_and_money_stand_beside_the_profit_they_serve() -> None:
    page = page_of(money.PAGE, two())
    # 40 of 100 hours, and 40 of 100 EUR; 2,171 of 2,263,493 is 0.1 %
    assert sentence_of(page) == (
        "40 % of the service hours and 40 % of the service money go to 1 account to drop or"
        " restructure, for less than 1 % of the expected profit."
    )
    cells = page.fragments["cells"]
    assert (
        'aria-label="Tier A: 100\u202f% of the expected profit, 60\u202f% of the service money,'
        ' 60\u202f% of the service hours"' in cells
    )
    assert text_of(cells).startswith(
        "A High expected profit, short payback 1 account 100 % of the profit 60 % of the money"
        " 60 % of the hours D Low expected profit, long payback 1 account 0 % of the profit"
        " 40 % of the money 40 % of the hours"
    )


def test_the_table_has_each_tier_and_their_sum() -> None:
    head, *rows = rows_of(page_of(money.PAGE, two()).fragments["cells"])
    assert head == (
        "Tier Accounts Contribution a year Expected profit Expected profit as it is"
        " Cost to serve a year Service budget a year Service hours a year"
    )
    # today's bills leave (500,000 - 60) and (-0.5 - 40) a year, x 2.261458
    # 8 % of 1,000,000 and 1.5 % of 1,000 are the budgets
    assert rows == [
        "A 1 1 M 2.3 M 1.1 M 60 80 k 60",
        "D 1 1 k 2.2 k −92 40 15 40",
        "All customers 2 1 M 2.3 M 1.1 M 100 80 k 100",
    ]


@pytest.mark.parametrize(
    ("spend", "tail"),
    [
        (2_000, "for less than 1 % of the expected profit."),
        # (20,000 - 40) of (1,000,000 - 60 + 20,000 - 40) is 1.96 %
        (40_000, "for 2 % of the expected profit."),
        # 40 of contribution less 40 of service leave nothing
        (80, "for no expected profit."),
        (60, "for no expected profit."),
    ],
)
def test_the_sentence_says_what_is_expected_there(spend: int, tail: str) -> None:
    texts = two() | {"dull": served(spend, 40, name="Dull", loss=True)}
    assert sentence_of(page_of(money.PAGE, texts)).endswith(f"to drop or restructure, {tail}")


def test_who_has_no_tier_is_in_a_row_of_its_own() -> None:
    bare = plan("economics: {currency: EUR, revenue: [{year: 2025, amount: 700}]}\n")
    page = page_of(money.PAGE, {**two(), "bare": bare.replace("Acme", "Bare")})
    assert sentence_of(page).startswith("Of 3 accounts 2 have a tier. 40 % of the service hours")
    cells = page.fragments["cells"]
    # the drawing leaves it out, the table does not
    assert cells.split("<table")[0].count("High expected") == 1
    assert "? no tier yet 1 700 – – – – – –" in text_of(cells)
    assert "All customers 3 700 1 M" in text_of(cells)
    text = text_of(cells.split("Accounts without this number")[1])
    assert text.startswith("Revenue last year Acme, Dull Contribution a year Bare Expected")
    assert text.endswith("Service hours a year Bare")


def test_money_is_added_in_the_reporting_currency_and_names_who_has_no_rate() -> None:
    texts = {
        "acme": served(2_000_000, 60, currency="USD"),
        "dull": served(2_000, 40, name="Yuan & Co", currency="CNY", loss=True),
    }
    page = page_of(money.PAGE, texts)
    text = text_of(page.fragments["cells"])
    # 1,000,000 USD at 0.5; the yuan has no rate before tomorrow, the hours need none
    assert "All customers 2 500 k 1.1 M 565 k 30 40 k 100" in text
    assert (
        "Left out of the sums, because there is no exchange rate: Yuan & Co."
        " Add it in site_config/currencies.yaml ." in text
    )


def test_prospects_stand_below_by_their_chance_and_former_customers_in_no_sum() -> None:
    chance = ", development: {win_probability: 0.25, monthly_cost: 0, months: 0, monthly_contribution: 9}"
    bet = served(400_000, 80, name="Bet", growth=chance)
    texts = two() | {
        "bet": bet.replace("status: customer", "status: prospect"),
        "old": served(9_000_000, 900, name="Old").replace("status: customer", "status: former"),
        "blank": served(70_000, 9, name="Blank").replace("status: customer", "status: prospect"),
    }
    page = page_of(money.PAGE, texts)
    # prospects' service is not what we spend today: the sentence is that of the customers
    assert sentence_of(page) == (
        "Of 5 accounts 3 have a tier. 40 % of the service hours and 40 % of the service money go to"
        " 1 account to drop or restructure, for less than 1 % of the expected profit."
    )
    # of the prospect a quarter: of 200,000, of (200,000 - 80) x 2.261458, of (100,000 - 80) x
    # 2.261458, of 80 and of 80 hours
    assert rows_of(page.fragments["cells"])[1:] == [
        "Customers",
        "A 1 1 M 2.3 M 1.1 M 60 80 k 60",
        "D 1 1 k 2.2 k −92 40 15 40",
        "All customers 2 1 M 2.3 M 1.1 M 100 80 k 100",
        "Prospects, weighted",
        "A 1 50 k 113 k 56 k 20 – 20",
        "? no tier yet 1 – – – – – –",
        "All prospects, weighted 2 50 k 113 k 56 k 20 – 20",
    ]
    text = text_of(page.fragments["cells"])
    assert "their plans name no chance to win them: Blank. Fill in" in text
    assert "Former customers are in no sum: Old." in text


def test_the_part_of_each_currency_stands_beside_the_sums() -> None:
    texts = two() | {
        "bucks": served(2_000_000, 60, name="Bucks", currency="USD"),
        "yuan": served(2_000, 40, name="Yuan", currency="CNY", loss=True),
    }
    assert rows_of(page_of(money.PAGE, texts).fragments["currencies"]) == [
        (
            "Currency Contribution a year Expected profit Expected profit as it is"
            " Cost to serve a year Service budget a year"
        ),
        "CNY 1 k no exchange rate 2.2 k no exchange rate −92 no exchange rate 40 no exchange rate –",
        "EUR 1 M 2.3 M 1.1 M 100 80 k",
        "USD 1 M 500 k EUR 2.3 M 1.1 M EUR 1.1 M 565 k EUR 60 30 EUR 80 k 40 k EUR",
    ]
    assert "currencies" not in page_of(money.PAGE, two()).fragments


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (
            {"acme": served(2_000_000, 60)},
            "No service goes to accounts to drop or restructure.",
        ),
        (
            {"acme": served(2_000_000, 0), "dull": served(2_000, 0, name="Dull", loss=True)},
            "No plan counts its service, so nobody can tell where the hours go.",
        ),
        (
            {"acme": plan()},
            "No account has a cell yet: market facts give the matrix, and the matrix the money.",
        ),
    ],
)
def test_the_sentence_when_nothing_is_misplaced_or_known(
    texts: dict[str, str], sentence: str
) -> None:
    assert sentence_of(page_of(money.PAGE, texts)) == sentence


def test_nothing_known_is_one_line_without_a_table() -> None:
    assert page_of(money.PAGE, {"acme": plan()}).fragments == {}


@pytest.mark.parametrize(
    ("activities", "hours"),
    [
        # the catalogue has 4 hours for a visit and 8 for a check
        ("[{activity: visit, per_year: 3}, {activity: check, per_year: 0.5, hours: 6}]", 15),
        ("[{activity: visit, per_year: 3}, {activity: check, per_year: 0.5}]", 16),
        ("[{activity: visit, hours: 3}]", None),
        ("[{activity: unheard, per_year: 3}]", None),
        ("[]", 0),
    ],
)
def test_hours_a_year_come_from_the_plan_or_the_catalogue(
    activities: str, hours: float | None
) -> None:
    objects = (
        f"service: {{objects: [{{id: a, activities: {activities}}}, {{id: b, activities: []}}]}}"
    )
    assert service_hours(account(plan(f"{objects}\n"))) == hours


@pytest.mark.parametrize("section", ["", "service: {}\n", "service: {objects: [{id: a}]}\n"])
def test_hours_are_not_known_without_a_list(section: str) -> None:
    assert service_hours(account(plan(section))) is None


def test_hours_of_a_plan_that_looked_and_found_nobody_are_none() -> None:
    assert service_hours(account(plan("service: {objects: []}\n"))) == 0


def test_who_takes_more_than_their_budget_the_furthest_over_first() -> None:
    texts = {
        "at": served(1_000_000, 40_000, name="At"),  # 8 % of 500,000
        "over": served(1_000_000, 40_001, name="Over"),
        "far": served(2_000, 100, name="Far", loss=True),  # 1.5 % of 1,000
    }
    page = page_of(money.PAGE, texts)
    # 1 over and 85 over
    assert text_of(page.fragments["over"]) == (
        "2 accounts take 86 EUR a year more than budgeted."
        " Far D costs 100 EUR to serve, with a budget of 15 EUR ▲ 85 EUR over"
        " Over A costs 40 k EUR to serve, with a budget of 40 k EUR ▲ 1 EUR over"
    )


def test_a_long_list_says_how_many_more() -> None:
    texts = {
        f"far{place}": served(2_000, 100 + place, name=f"Far {place:02}", loss=True)
        for place in range(LISTED + 2)
    }
    text = text_of(page_of(money.PAGE, texts).fragments["over"])
    assert text.startswith("17 accounts take 1.6 k EUR")  # 17 x 85 + 0 + 1 + … + 16
    assert text.count("costs") == LISTED
    assert text.endswith("and 2 more with less.")


def deal(amount: int, *, currency: str = "EUR", name: str = "Acme") -> str:
    return plan(
        f"economics: {{currency: {currency}}}\n"
        f"opportunities: [{{id: big, amount: {amount}, probability: 0.5}}]\n"
    ).replace("Acme", name)


def test_deals_by_their_chance_the_largest_first() -> None:
    texts = {
        "small": deal(100, name="Small"),
        "big": deal(1600, currency="USD", name="Big"),
        "none": plan("economics: {currency: EUR}\nopportunities: []\n"),
        "yuan": deal(5000, currency="CNY", name="Yuan"),
    }
    page = page_of(money.PAGE, texts)
    # 1,600 USD x 0.5 at 0.5 is 400; 100 x 0.5 is 50, an eighth of it
    assert text_of(page.fragments["pipeline"]) == (
        "Big 400 EUR Small 50 EUR Weighted pipeline: deals not signed yet, each times its probability."
    )
    assert "width:100.0%" in page.fragments["pipeline"]
    assert "width:12.5%" in page.fragments["pipeline"]


def test_what_became_of_the_money_by_account() -> None:
    page = page_of(money.PAGE, {"bare": plan().replace("Acme", "Bare"), "acme": plan(MONEY)})
    _, row = rows_of(page.fragments["control"])
    # 1,000 - 60 - 500 - 70 - 30 = 340, 10 below the plan of 350; 340 / (70 + 30)
    # 220 / 1,100 x 365 = 73; 990 of 1,100; 13.5 - 10 months
    assert row == "Acme 340 ▼ −10 3.4 73 90 % 3.5 months later than planned"


def test_names_are_text_never_markup() -> None:
    texts = two() | {"acme": served(2_000_000, 200_000, name="'<b>Sons & Co</b>'")}
    fragment = page_of(money.PAGE, texts).fragments["over"]
    assert "&lt;b&gt;Sons &amp; Co&lt;/b&gt;" in fragment
    assert "<b>Sons" not in fragment
