"""The first page: sums, the matrix, what needs attention, for none, one and some accounts."""

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
    assert text(page, "head").startswith("No playbook yet. A playbook is one YAML file")


def test_one_account_without_a_tier(tmp_path: Path) -> None:
    page = home(tmp_path, {"playbooks/harbor.yaml": SMALL_PLAYBOOK})
    assert "? 1 no tier yet" in text(page, "portfolio")
    assert "Harbor Logistics lacks economics.addressable_spend" in text(page, "matrix")
    assert "None" not in "".join(page.fragments.values())


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
    assert "expected over 3 years: 859 k" in stand
    assert page.fragments["matrix"].count('<use href="#d-customer"') >= 2
    assert 'href="accounts/a.html"' in page.fragments["matrix"]


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
    assert (
        "Our expected loss 500 EUR a year 1 of 1 customer · theirs stands apart: 9 k"
        " weighted prospects 125, 1 of 2" in stand
    )
    assert "their plans name no chance to win them: No chance. Fill in" in stand


def test_attention_and_the_next_days(tmp_path: Path) -> None:
    page = home(tmp_path, {"playbooks/a.yaml": RICH % ("Euro AG", "EUR")})
    attention = text(page, "attention")
    assert attention.startswith(
        "Euro AG A 200 k EUR a year at stake Give notice by 10 Dec 2026, 90,000 EUR a year; no action prepares the renewal"
    )
    assert "Overdue since 1 Nov 2026: Late one" in attention
    assert text(page, "next") == (
        "With customers 1 Dec Euro AG : Review"
        " 10 Dec ▲ contract Euro AG : Last day to give notice"
        " Ours to do: 1 action 30 Nov Euro AG : Call them"
    )


def test_accounts_with_the_same_reasons_stand_together(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "playbooks/a.yaml": SMALL_PLAYBOOK,
        "playbooks/b.yaml": SMALL_PLAYBOOK.replace("Harbor Logistics", "Bay Freight"),
        "playbooks/c.yaml": RICH % ("Euro AG", "EUR"),
    }
    page = home(tmp_path, files)
    attention = page.fragments["attention"]
    assert attention.count("<ol") == 1
    assert text(page, "attention").count("No contact; add one under") == 1
    assert "Harbor Logistics , Bay Freight" in text(page, "attention")


def test_the_first_sentence_is_the_answer(tmp_path: Path) -> None:
    single = home(tmp_path / "one", {"playbooks/a.yaml": RICH % ("Euro AG", "EUR")})
    assert "1 account on 23 Nov 2026. 1 needs attention: Euro AG." in unescape(single.markdown)
    alike: dict[str, str | bytes] = {
        f"playbooks/{name}.yaml": SMALL_PLAYBOOK.replace("Harbor Logistics", name) for name in "ab"
    }
    several = home(tmp_path / "several", alike)
    assert "2 accounts on 23 Nov 2026. 2 need attention." in unescape(several.markdown)
