"""The first page: who must be acted on, sums, where to invest, for none, one and some accounts."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from generator.pages.home import PAGE
from generator.pages.tree import Page
from tests.pages.sites import page_of, site_of
from tests.workspace import SMALL_PLAYBOOK

RICH = """\
schema: 1
account: {name: %s, status: customer, owner: kim-larsen, contract: {notice_by: 2026-12-10, value: 90000}, next: {date: 2026-12-01, what: Review}}
summary: A sample.
economics: {currency: %s, addressable_spend: 1000000, attainable_share: 0.5, contribution_margin: 0.4, retention: 0.9, price: 200000, production_cost: 120000, marketing_cost: 0}
service: {objects: []}
risk: {customer: [], own: [], credit: {receivable: 0, days_late: 0, default_probability: 0, loss_given_default: 0, cost_of_capital: 0}}
actions: [{id: call, what: Call them, owner: kim-larsen, due: 2026-11-30}, {id: old, what: Late one, due: 2026-11-01}]
"""


def home(folder: Path, files: dict[str, str | bytes]) -> Page:
    return page_of(PAGE, site_of(folder, files))


def text(page: Page, fragment: str) -> str:
    stripped = re.sub(r"<[^<>]*>", " ", page.fragments[fragment])
    return " ".join(unescape(stripped).replace("\u202f", " ").split())


def test_without_any_playbook_it_says_how_to_begin(tmp_path: Path) -> None:
    page = home(tmp_path, {})
    assert list(page.fragments) == ["head"]
    assert text(page, "head").startswith(
        "No playbook yet. Three steps to your first page: Begin a plan with playbook new ID , or"
    )


def test_a_plan_that_has_only_been_begun_stands_with_what_is_known_of_it(tmp_path: Path) -> None:
    known = (
        "economics: {currency: EUR, development: {win_probability: 0.6},"
        " revenue: [{year: 2025, amount: 90000}]}\n"
        "opportunities: [{id: a, amount: 4000}, {id: b, amount: 1500}]\n"
    )
    files: dict[str, str | bytes] = {
        "playbooks/harbor.yaml": SMALL_PLAYBOOK,
        "playbooks/bay.yaml": SMALL_PLAYBOOK.replace("Harbor Logistics", "Bay Freight") + known,
    }
    page = home(tmp_path, files)
    assert list(page.fragments) == ["head", "portfolio", "beginnings", "next"]
    # the one with revenue first
    assert text(page, "beginnings").endswith(
        "These lack first of all: One owner, Reviewed in time."
        " Account and owner Revenue, latest year Open deals Win rate"
        " Bay Freight nobody owns it 90 k EUR 5.5 k EUR 60 %"
        " Harbor Logistics nobody owns it not known not known not known"
    )
    assert "2 accounts on 23 Nov 2026. None has a plan yet: begin with Bay Freight." in unescape(
        page.markdown
    )
    assert "None" not in "".join(page.fragments.values())


def test_what_each_lacks_first_stands_beside_it_where_they_differ(tmp_path: Path) -> None:
    owned = SMALL_PLAYBOOK.replace("Harbor Logistics", "Bay Freight, owner: kim-larsen")
    page = home(tmp_path, {"playbooks/harbor.yaml": SMALL_PLAYBOOK, "playbooks/bay.yaml": owned})
    assert text(page, "beginnings").endswith(
        "Account and owner First to fill in Revenue, latest year Open deals Win rate"
        " Bay Freight Kim Larsen Reviewed in time not known not known not known"
        " Harbor Logistics nobody owns it One owner, Reviewed in time not known not known not known"
    )


def test_what_nobody_knows_is_named_in_a_line_and_no_tile_is_a_dash(tmp_path: Path) -> None:
    known = (
        "economics: {currency: EUR, revenue: [{year: 2025, amount: 90000}]}\n"
        "opportunities: [{id: a, amount: 4000}]\n"
    )
    customer = SMALL_PLAYBOOK.replace("status: prospect", "status: customer") + known
    page = home(tmp_path, {"playbooks/harbor.yaml": customer})
    stand = text(page, "portfolio")
    assert "–" not in stand
    assert "90 k EUR" in stand
    assert "Open deals 4 k EUR not weighted: the deals name no chance" in stand
    assert (
        "Not known of any customer yet: Profit a year today, Health of customers, Our expected"
        " loss." in stand
    )


def test_sums_are_in_the_reporting_currency_and_name_who_is_left_out(tmp_path: Path) -> None:
    page = home(
        tmp_path,
        {
            "playbooks/a.yaml": RICH % ("Euro AG", "EUR"),
            "playbooks/b.yaml": RICH % ("Dollar Inc", "USD"),
            "playbooks/c.yaml": RICH % ("Frank SA", "CHF"),
        },
    )
    # 200,000 a year each; the dollar counts 0.90 since July
    stand = text(page, "portfolio")
    assert "no exchange rate: Frank SA" in stand
    # 200,000 · (1/1.1 + 0.9/1.21 + 0.81/1.331) = 452,292 and 0.9 of it
    assert "344 k in 3 years as it is, 859 k with all that is attainable" in stand
    assert "Sums are in EUR; plans in CHF, USD count at the exchange rates" in stand
    assert "Without a tier Frank SA lacks currencies.rates.CHF" in text(page, "matrix")
    # a mark of each on a wide and on a narrow screen, and a line of the table
    assert page.fragments["matrix"].count('href="accounts/a.html"') == 3


def test_a_sum_without_any_rate_is_told_as_the_plans_have_it(tmp_path: Path) -> None:
    page = home(tmp_path, {"playbooks/c.yaml": RICH % ("Frank SA", "CHF")})
    assert "80 k CHF" in text(page, "portfolio")


def test_prospects_by_their_chance_and_both_losses_stand_apart(tmp_path: Path) -> None:
    own = "own: [{id: a, class: legal, probability: 0.1, loss: 5000}]"
    theirs = "customer: [{id: b, probability: 0.1, loss: 90000}]"
    rich = RICH.replace("own: []", own).replace("customer: []", theirs)
    prospect = rich.replace("status: customer", "status: prospect")
    chance = "marketing_cost: 0, development: {win_probability: 0.25}"
    page = home(
        tmp_path,
        {
            "playbooks/a.yaml": rich % ("Euro AG", "EUR"),
            "playbooks/b.yaml": prospect.replace("marketing_cost: 0", chance) % ("Likely", "EUR"),
            "playbooks/c.yaml": prospect % ("No chance", "EUR"),
            "playbooks/d.yaml": rich.replace("status: customer", "status: former") % ("Old", "EUR"),
        },
    )
    stand = text(page, "portfolio")
    # 500 and 9,000 of the customer, a quarter of the prospect that names a chance
    assert "500 EUR the customers' own: 9 k and 125 from prospects" in stand
    assert "their plans name no chance to win them: No chance. Fill in" in stand


def test_who_must_be_acted_on_with_what_to_do_by_when_and_the_next_days(tmp_path: Path) -> None:
    page = home(
        tmp_path,
        {
            "playbooks/a.yaml": RICH % ("Euro AG", "EUR"),
            "playbooks/b.yaml": RICH % ("Dollar Inc", "USD"),
        },
    )
    attention = text(page, "attention")
    assert (
        "Euro AG A Kim Larsen ▲ Notice deadline 10 Dec 2026, 90,000 EUR a year; no action prepares"
        " the renewal and 1 more Prepare the renewal Next, 1 Nov : Late one 10 Dec 100 k EUR of 200 k EUR"
        in attention
    )
    # health that is not known counts as half: 0.9 x 200,000 / 2
    assert "90 k EUR of 180 k ( 200 k USD)" in attention
    assert "In the order of revenue at risk: what they pay us a year times what" in attention
    days = text(home(tmp_path / "one", {"playbooks/a.yaml": RICH % ("Euro AG", "EUR")}), "next")
    assert days == (
        "30 Nov Euro AG : Call them Kim Larsen 1 Dec meeting Euro AG : Review"
        " 10 Dec ▲ contract Euro AG : Last day to give notice"
        " For programs: the plans as JSON, tables and Markdown ."
    )


def test_of_many_days_those_of_contracts_are_named_first(tmp_path: Path) -> None:
    deeds = ", ".join(
        f"{{id: a{day}, what: Deed {day}, due: 2026-12-{day:02}}}" for day in range(1, 21)
    )
    files: dict[str, str | bytes] = {
        f"playbooks/{name}.yaml": (RICH % (name.upper(), "EUR")).replace(
            "{id: call", f"{deeds}, {{id: call"
        )
        for name in ("a", "b")
    }
    days = text(home(tmp_path, files), "next")
    # 2 notice days, 2 meetings, 42 actions
    assert "20 of 46 days: contract days first" in days
    assert days.count("▲ contract") == 2
    assert days.count("meeting A") == days.count("meeting B") == 1


def test_the_first_sentence_is_the_answer(tmp_path: Path) -> None:
    single = home(tmp_path / "one", {"playbooks/a.yaml": RICH % ("Euro AG", "EUR")})
    assert "1 account on 23 Nov 2026. 1 must be acted on, first Euro AG." in unescape(
        single.markdown
    )
