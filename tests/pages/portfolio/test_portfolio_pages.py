"""Pages over all accounts: the answer in a sentence, its numbers by hand, quiet when there is none."""

from __future__ import annotations

import re

import pytest

from generator.pages.navigation import PAGES
from generator.pages.page import Menu, SitePage
from generator.pages.portfolio import (
    calendar,
    contradictions,
    people,
    references,
    survey,
)
from tests.figures.small import plan
from tests.pages.portfolio.reading import page_of, rows_of, sentence_of, text_of


@pytest.mark.parametrize(
    "declared",
    [page for page in PAGES if page.menu is Menu.PORTFOLIO],
    ids=lambda declared: declared.path,
)
@pytest.mark.parametrize("texts", [{}, {"acme": plan()}, {"broken": "schema: ["}])
def test_a_page_with_nothing_to_say_is_one_sentence(
    declared: SitePage, texts: dict[str, str]
) -> None:
    page = page_of(declared, texts)
    assert sentence_of(page)
    seen = " ".join(text_of(fragment) for fragment in page.fragments.values())
    assert not re.search(r"\b(None|nan|null)\b", f"{sentence_of(page)} {seen}")
    # every fragment has its place, and no heading stands without one
    assert page.markdown.count("\n## ") == len(
        [fragment for fragment in page.fragments if fragment != "head"]
    )


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
    page = page_of(references.PAGE, {"shown": shown, "over": over, "acme": doubting})
    assert sentence_of(page) == (
        "1 of 2 references may be shown today; 1 is asked for more often than agreed. Every doubt"
        " that is written down has its proof."
    )
    text = text_of(page.fragments["shown"])
    assert text.startswith(
        "Acme ● let it rest: asked for too often It works Promoter · Site visit Consent until 1 Jan 2027"
        " Uses 1 of 0 a quarter ▲ 1 too many Named by Doubt"
        " Past ▲ consent ran out on 22 Nov 2026 It works Promoter · Site visit"
    )
    # 0.1 · 10 is all their doubts weigh, and the one that weighs it has proof
    assert text_of(page.fragments["head"]).endswith(
        "Doubts with proof 1 of 1 a customer of their kind stands for it"
        " Customers' risk with proof 100 % of 1 EUR a year that their doubts weigh"
    )
    alone = doubting.replace(", reference: shown", "")
    page = page_of(references.PAGE, {"shown": shown, "acme": alone})
    assert sentence_of(page) == (
        "1 of 1 reference may be shown today. 1 of 1 doubt has no proof; 1 account with such"
        " doubts could be shown a customer of their kind."
    )
    assert rows_of(page.fragments["unproven"])[1] == "Doubt a 1 of 1 doubt Acme 100 % alike"


def test_our_people_by_what_is_late() -> None:
    text = plan(
        "relationship: {contacts: [{id: ann, name: Ann, owner: kim-larsen, rhythm_days: 30}],"
        " interactions: [{date: 2026-10-01, contacts: [ann]}]}\n"
        "actions: [{id: call, owner: li-wei, due: 2026-11-20}, {id: late, owner: nobody,"
        " due: 2026-12-20}, {id: old, owner: li-wei, due: 2026-01-01, done_on: 2026-01-01}]\n",
        more=", owner: kim-larsen, next: {date: 2026-12-01, what: Review}",
    )
    page = page_of(people.PAGE, {"acme": text})
    assert sentence_of(page) == (
        "1 action of 1 person is overdue, by 3 days: call (李伟, Acme). 1 contact waits for a talk."
    )
    # 53 days since 1 October, 23 past the rhythm of 30
    assert text_of(page.fragments["behind"]) == (
        "Kim Larsen account manager ▲ 23 days overdue talk with Ann Acme"
        " 李伟 executive ▲ 3 days overdue call Acme"
    )
    assert rows_of(page.fragments["people"])[1:3] == [
        "李伟 executive – 0 1 ▲ 1 overdue",
        "Kim Larsen account manager Acme – 1 ● 1 waits 0 1 Dec Acme",
    ]
    assert "nobody ▲ not in the team" in text_of(page.fragments["people"])


def test_the_calendar_by_month_with_what_is_overdue() -> None:
    text = plan(
        "actions: [{id: call, due: 2026-11-20}, {id: write, due: 2026-12-05}]\n"
        "relationship: {reference: {consent_until: 2027-01-10}}\n"
        "opportunities: [{id: big, close_on: 2026-11-01}, {id: won, close_on: 2026-10-20,"
        " steps: {close: 2026-10-20}}]\n",
        more=", contract: {end: 2028-01-01, notice_by: 2026-12-31}",
    )
    page = page_of(calendar.PAGE, {"acme": text})
    # a review is due 90 days after 1 October; what has passed and is not over is overdue
    assert sentence_of(page) == (
        "2 things are overdue, the oldest since 1 Nov 2026. 1 thing falls into the next 30 days."
    )
    assert list(page.fragments) == ["head", "overdue", "m-2026-12", "m-2027-01"]
    assert text_of(page.fragments["overdue"]) == (
        "1 Nov 2026 ◇ deal big should have closed: write down how it went Acme , 22 days late"
        " 20 Nov 2026 ○ action call Acme , 3 days late"
    )
    assert text_of(page.fragments["m-2026-12"]) == (
        "5 Dec ○ action write Acme 30 Dec ↻ review Go through the whole plan Acme"
        " 31 Dec ▲ notice Last day to give notice Acme"
    )
    assert text_of(page.fragments["head"]).startswith(
        "November 2026 nothing December 2026 3, 1 fixed January 2027 1, 1 fixed"
    )


def test_the_survey_counts_points_and_agreement() -> None:
    def answer(by: str, *factors: str, hard: str = "") -> str:
        rows = ", ".join(
            f"{{factor: {factor}, side: internal, part: {part}}}"
            for factor, part in zip(factors, ("R1", "S2", "V1"), strict=False)
        )
        difficulty = f", difficulty: {hard}" if hard else ""
        return f"{{by: {by}, factors: [{rows}]{difficulty}}}"

    first = plan(f"survey: [{answer('kim-larsen', 'Price', 'Trust', hard='Time')}]\n")
    second = plan(f"survey: [{answer('li-wei', 'Price', 'Trust')}]\n").replace("Acme", "Other")
    page = page_of(survey.PAGE, {"acme": first, "other": second})
    # two first places of 5 points and two second ones of 4
    assert sentence_of(page) == (
        "Most important in 2 answers: Price (10 points). People agree (Kendall's W 1 of 1)."
        " 100 % of the points go to what lies within our own firm."
    )
    assert text_of(page.fragments["factors"]).startswith(
        "Price 10 points 2 answers, inside Trust 8 points 2 answers, inside"
    )
    # R1 is first by importance; by state both are nothing and share the places 1 and 2
    assert "Customer selection ▲ 0.5 ranks behind 10 points" in text_of(page.fragments["parts"])
    assert rows_of(page.fragments["accounts"])[1:] == [
        "Acme Price R1 Customer selection 1 – 100 %",
        "Other Price R1 Customer selection 1 – 100 %",
    ]
    assert text_of(page.fragments["difficulties"]) == "Time Kim Larsen, Acme"


def test_contradictions_show_both_sides_and_the_line() -> None:
    text = plan("economics: {currency: EUR}\nrisk: {credit: {receivable: 101, limit: 100}}\n")
    page = page_of(contradictions.PAGE, {"acme": text})
    assert sentence_of(page) == (
        "1 contradiction in 1 plan: it shows two sides, and one of them is wrong."
    )
    assert text_of(page.fragments["found"]).endswith(
        "Acme : they owe us 101, over the limit of 100 line 5"
        " Credit: receivable 101 EUR Credit: limit 100 EUR"
    )
    assert 'href="../accounts/acme/source.html#L5"' in page.fragments["found"]
    calm = page_of(contradictions.PAGE, {"acme": plan()})
    assert sentence_of(calm) == (
        "No plan contradicts itself today, as far as its numbers are known."
    )
    assert "found" not in calm.fragments
