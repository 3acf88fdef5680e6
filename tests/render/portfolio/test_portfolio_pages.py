"""Pages over all accounts: the answer in a sentence, its numbers by hand, quiet when there is none."""

from __future__ import annotations

import html as markup
import re
from collections.abc import Callable, Iterable

import pytest

from generator.render.engine import Engine
from generator.render.portfolio.calendar import calendar_pages
from generator.render.portfolio.contradictions import contradiction_pages
from generator.render.portfolio.groups import group_pages
from generator.render.portfolio.matrix import matrix_pages
from generator.render.portfolio.money import money_pages
from generator.render.portfolio.people import people_pages
from generator.render.portfolio.references import reference_pages
from generator.render.portfolio.risks import risk_pages
from generator.render.portfolio.survey import survey_pages
from generator.render.portfolio.whitespace import whitespace_pages
from generator.render.site import Site
from generator.render.tree import Page
from tests.enrich.small import plan, portfolio
from tests.enrich.test_fit_and_group import GROUP

PAGES: tuple[Callable[[Site], Iterable[Page]], ...] = (
    calendar_pages,
    contradiction_pages,
    group_pages,
    matrix_pages,
    money_pages,
    people_pages,
    reference_pages,
    risk_pages,
    survey_pages,
    whitespace_pages,
)
NO_CREDIT = (
    "credit: {receivable: 0, days_late: 0, default_probability: 0, loss_given_default: 0,"
    " cost_of_capital: 0}"
)


def page_of(make: Callable[[Site], Iterable[Page]], texts: dict[str, str]) -> Page:
    (page,) = make(Site(portfolio=portfolio(texts), engine=Engine()))
    return page


def sentence_of(page: Page) -> str:
    """The sentence under the title, as a reader sees it."""
    body = page.markdown.split("---", maxsplit=2)[2]
    lines = [one for one in body.splitlines() if one and not one.startswith(("#", "<"))]
    return markup.unescape(re.sub(r"\\(.)", r"\1", lines[0])) if lines else ""


def text_of(fragment: str) -> str:
    return " ".join(markup.unescape(re.sub("<[^>]+>", " ", fragment)).split())


def served(spend: int, hours: int, owner: str = "kim-larsen", more: str = "") -> str:
    """A customer of 90 % retention; 1 EUR of margin in 2 of spend; hours at 1 EUR each."""
    return plan(
        f"economics: {{currency: EUR, addressable_spend: {spend}, attainable_share: 1,"
        " contribution_margin: 0.5, retention: 0.9, price: 1, production_cost: 0.5DEV}\n"
        f"risk: {{customer: [], own: [], {NO_CREDIT}}}\n"
        "service: {objects: [{id: a, level: company, stage: sale, role: buyer, activities:"
        f" [{{activity: visit, per_year: 1, hours: {hours}, rate: 1, expense: 0}}]}}]}}\n",
        more=f", owner: {owner}{more}",
    )


GROWTH = (
    ", development: {monthly_cost: 100, months: 20, win_probability: 0.5, monthly_contribution: 10}"
)
TWO = {
    "acme": served(2_000_000, 60).replace("DEV", ""),  # short: no programme
    "dull": served(2_000, 40).replace("DEV", GROWTH),  # long: it never pays back
}


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
@pytest.mark.parametrize("texts", [{}, {"acme": plan()}, {"broken": "schema: ["}])
def test_a_page_with_nothing_to_say_is_one_sentence(
    make: Callable[[Site], Iterable[Page]], texts: dict[str, str]
) -> None:
    page = page_of(make, texts)
    assert sentence_of(page)
    seen = " ".join(text_of(one) for one in page.fragments.values())
    assert not re.search(r"\b(None|nan|null)\b", f"{sentence_of(page)} {seen}")
    # every fragment has its place, and no heading stands without one
    assert page.markdown.count("\n## ") == len([one for one in page.fragments if one != "head"])


def test_money_says_where_hours_go_for_nothing() -> None:
    page = page_of(money_pages, TWO)
    # 40 of 100 hours, and 40 of 100 EUR, go to the one account that never pays back
    assert sentence_of(page) == (
        "40 % of the service hours and 40 % of the service money go to 1 account to drop"
        " or restructure, where less than 1 % of the profit is retained."
    )
    cells = text_of(page.fragments["cells"])
    assert "A High retained profit, short payback 1 account" in cells
    assert "100 % of the profit 60 % of the money 60 % of the hours" in cells
    # 1.5 % of a contribution of 1,000 is 15: 25 over
    assert "dull" not in text_of(page.fragments["over"])
    assert text_of(page.fragments["over"]).endswith(
        "Acme D costs 40 to serve, with a budget of 15 ▲ 25 EUR over"
    )


def test_the_matrix_tells_what_would_move_each() -> None:
    page = page_of(matrix_pages, TWO)
    assert sentence_of(page) == (
        "2 accounts with a tier: 1 A, 1 D. All of them would stand a change of 20 % in nearly any"
        " number."
    )
    rows = page.fragments["moves"].split("<tr>")[2:]
    assert "A" in text_of(rows[0])
    assert "It would be Tier" in rows[0]


RISKY = plan(
    "economics: {currency: USD}\n"
    "risk: {customer: [{id: late, doubt: Late start, class: delivery, probability: 0.5,"
    " loss: 4000, measure: m, effectiveness: 0.5}],"
    " own: [{id: misuse, class: misuse, statement: Wrong use, probability: 0.1, loss: 3000}],"
    " credit: {receivable: 900, limit: 500, days_late: 0, default_probability: 0,"
    " loss_given_default: 0, cost_of_capital: 0}}\n"
)


def test_risks_are_summed_in_the_reporting_currency() -> None:
    page = page_of(risk_pages, {"acme": RISKY})
    # (4,000 · 0.5 · 0.5 + 3,000 · 0.1) USD at 0.5 = 650 EUR
    assert sentence_of(page) == ("650 EUR a year may be lost: 500 of it is theirs, 150 ours.")
    largest = text_of(page.fragments["largest"])
    assert largest.startswith("Late start Acme , theirs, delivery 500 EUR Wrong use Acme , ours")
    assert "150 EUR ▲ no measure" in largest
    opened = text_of(page.fragments["open"])
    assert "They owe more than their limit 1 account" in opened
    assert "No reference of the same kind 1 account" in opened


def test_white_space_by_offering_the_largest_first() -> None:
    offerings = (
        "economics: {currency: USD}\ncompetition: {rivals: [{id: north, name: North}]}\n"
        "offerings: {drives: {status: open, potential: 500, revenue: 0},"
        " plan: {status: competitor, potential: 900, revenue: 100, competitor: north},"
        " parts: {status: ours, potential: 300, revenue: 100}}\n"
    )
    page = page_of(whitespace_pages, {"acme": plan(offerings)})
    # (900 - 100 + 500) USD at 0.5
    assert sentence_of(page) == (
        "650 EUR a year could still be sold in 2 places, where nobody or a competitor sells today;"
        " the largest: Plan at Acme, 400 EUR."
    )
    assert text_of(page.fragments["largest"]) == (
        "400 EUR Plan at Acme with a competitor: North 250 EUR Drives at Acme open"
    )
    assert "○ 250 open ▲ 400 with a competitor ● 100 ours" in text_of(page.fragments["map"])


def test_groups_stand_under_their_top_and_count_once() -> None:
    page = page_of(group_pages, GROUP)
    assert sentence_of(page) == (
        "1 group with 4 accounts. Acme, as one customer: 323 EUR billed last year."
    )
    (fragment,) = page.fragments.values()
    assert "Billed last year 323 EUR parent 100" in text_of(fragment)
    assert fragment.count("└") == 3


def test_references_say_who_may_be_shown_and_why_not() -> None:
    gates = "gates: {customer: {date: 2026-06-01}, promoter: {date: 2026-06-01}}"
    shown = plan(
        f"relationship: {{{gates}, reference: {{consent_until: 2027-01-01, use: site-visit,"
        " result: It works, max_uses_per_quarter: 0}}\n",
        more=", industry: energy, region: emea, size: small, uses: [spares]",
    )
    over = shown.replace("2027-01-01", "2026-11-22").replace("Acme", "Past")
    doubting = plan(
        "economics: {currency: EUR}\nrisk: {customer: [{id: a, probability: 0.1, loss: 10,"
        " reference: shown}]}\n",
        more=", industry: energy, region: emea, size: small, uses: [spares]",
    ).replace("Acme", "Doubt")
    page = page_of(reference_pages, {"shown": shown, "over": over, "acme": doubting})
    assert sentence_of(page) == "1 of 2 references may be shown today."
    told = text_of(page.fragments["shown"])
    assert "Acme ✓ may be shown Site visit · consent until 1 Jan 2027" in told
    assert "Named as proof to Doubt ▲ more than they accept" in told
    assert "Past ▲ consent ran out" in told
    alone = doubting.replace(", reference: shown", "")
    page = page_of(reference_pages, {"shown": shown, "acme": alone})
    assert text_of(page.fragments["unproven"]) == "Doubt : 1 doubt could be shown Acme"


def test_our_people_by_what_is_late() -> None:
    text = plan(
        "relationship: {contacts: [{id: ann, name: Ann, owner: kim-larsen, rhythm_days: 30}],"
        " interactions: [{date: 2026-10-01, contacts: [ann]}]}\n"
        "actions: [{id: call, owner: li-wei, due: 2026-11-20}, {id: late, owner: nobody,"
        " due: 2026-12-20}, {id: old, owner: li-wei, due: 2026-01-01, done_on: 2026-01-01}]\n",
        more=", owner: kim-larsen, next: {date: 2026-12-01, what: Review}",
    )
    page = page_of(people_pages, {"acme": text})
    assert sentence_of(page) == "1 action overdue and 1 contact past the rhythm, over 3 people."
    people = [text_of(one) for one in page.fragments["people"].split("<section")[1:]]
    assert people[0].endswith("李伟 executive 1 open action ▲ 3 days late call Acme")
    # 53 days since 1 October, 23 past the rhythm of 30
    assert "● 23 days past the rhythm Ann Acme" in people[1]
    assert "next 1 Dec Acme" in people[1]
    assert "nobody not in the team" in people[2]


def test_the_calendar_by_month_with_what_is_overdue() -> None:
    text = plan(
        "actions: [{id: call, due: 2026-11-20}, {id: write, due: 2026-12-05}]\n"
        "relationship: {reference: {consent_until: 2027-01-10}}\n"
        "opportunities: [{id: big, close_on: 2026-11-01}]\n",
        more=", contract: {end: 2028-01-01, notice_by: 2026-12-31}",
    )
    page = page_of(calendar_pages, {"acme": text})
    # a review is due 90 days after 1 October
    assert sentence_of(page) == (
        "1 entry in the next 30 days, 4 in the next twelve months. 1 thing is overdue."
    )
    assert list(page.fragments) == ["overdue", "m-2026-12", "m-2027-01"]
    assert text_of(page.fragments["m-2026-12"]) == (
        "5 Dec ○ action write Acme 30 Dec ↻ review The plan is to be reviewed Acme"
        " 31 Dec ▲ notice Last day to give notice Acme"
    )


def test_the_survey_counts_points_and_agreement() -> None:
    def answer(by: str, *factors: str, hard: str = "") -> str:
        rows = ", ".join(
            f"{{factor: {one}, side: internal, part: {part}}}"
            for one, part in zip(factors, ("R1", "S2", "V1"), strict=False)
        )
        told = f", difficulty: {hard}" if hard else ""
        return f"{{by: {by}, factors: [{rows}]{told}}}"

    first = plan(f"survey: [{answer('kim-larsen', 'Price', 'Trust', hard='Time')}]\n")
    second = plan(f"survey: [{answer('li-wei', 'Price', 'Trust')}]\n").replace("Acme", "Other")
    page = page_of(survey_pages, {"acme": first, "other": second})
    assert sentence_of(page) == (
        "2 answers from 2 accounts: they agree (Kendall's W 1); 100 % of the points go to what"
        " lies within our own firm."
    )
    assert text_of(page.fragments["factors"]) == (
        "Price 10 points, 2 answers, inside Trust 8 points, 2 answers, inside"
    )
    assert text_of(page.fragments["difficulties"]) == "Time Kim Larsen, Acme"


def test_contradictions_show_both_sides_and_the_line() -> None:
    text = plan("economics: {currency: EUR}\nrisk: {credit: {receivable: 101, limit: 100}}\n")
    page = page_of(contradiction_pages, {"acme": text})
    assert sentence_of(page) == "1 contradiction in 1 plan: each shows two sides, one is wrong."
    found = text_of(page.fragments["found"])
    assert "they owe us 101, over the limit of 100" in found
    assert 'href="../accounts/acme/source.html#L5"' in page.fragments["found"]
    calm = page_of(contradiction_pages, {"acme": plan()})
    assert sentence_of(calm) == "No plan contradicts itself today."
    assert "found" not in calm.fragments
