"""Known gaps by hand: what is left and mended by owner, rule and account."""

from __future__ import annotations

import datetime
from collections import Counter

from generator.pages.engine import Engine
from generator.pages.portfolio import gaps
from generator.pages.site import Site
from generator.pages.tree import Page
from generator.rules.gate.baseline import Baseline, GapIdentity, mark_of
from tests.figures.small import plan, portfolio
from tests.pages.portfolio.reading import rows_of, sentence_of, text_of

DAY = datetime.date(2026, 11, 2)
TEXTS = {"acme": plan().replace("status:", "owner: kim-larsen, status:"), "bare": plan()}


def page_with(*marks: GapIdentity, known: bool = True) -> Page:
    whole = portfolio(TEXTS)
    counts = Counter(
        mark_of(finding) for finding in whole.findings if known and finding.rule == "contact"
    )
    baseline = Baseline(written=DAY, counts=counts + Counter(marks))
    return gaps.PAGE.made(Site(portfolio=whole, engine=Engine(), baseline=baseline))


def test_quiet_without_a_baseline() -> None:
    page = gaps.PAGE.made(Site(portfolio=portfolio(TEXTS), engine=Engine()))
    assert sentence_of(page) == "This portfolio keeps no baseline: every gap counts."
    assert page.fragments == {}
    page = page_with(known=False)
    assert sentence_of(page) == "The baseline names no gap: every gap counts."


def test_what_is_left_and_mended() -> None:
    # a contact is missing in both plans; of three more gaps nothing is missing any longer
    page = page_with(
        GapIdentity("acme", "sponsor", ""),
        GapIdentity("gone", "contact", ""),
        GapIdentity("gone", "x", ""),
    )
    assert sentence_of(page) == "3 of 5 gaps written down on 2 Nov 2026 are mended, 2 are left."
    assert text_of(page.fragments["head"]) == (
        "Mended 60 % 3 of 5 since 2 Nov 2026 Left 2 in 2 plans; the gate lets them pass"
    )
    assert rows_of(page.fragments["owners"]) == [
        "Owner Left Mended Share mended",
        "Nobody 1 2 of 3 67 %",
        "Kim Larsen 1 1 of 2 50 %",
    ]
    assert rows_of(page.fragments["accounts"])[1:] == [
        "Acme 1 1 of 2 50 %",
        "Acme 1 0 of 1 0 %",
        "gone 0 2 of 2 100 %",
    ]
    assert 'href="../rules/index.html#contact"' in page.fragments["rules"]


def test_all_mended_and_none() -> None:
    page = page_with(GapIdentity("acme", "sponsor", ""), known=False)
    assert sentence_of(page) == (
        "The gap written down on 2 Nov 2026 is mended: delete the baseline."
    )
    two = page_with(
        GapIdentity("acme", "sponsor", ""), GapIdentity("acme", "owner", ""), known=False
    )
    assert sentence_of(two) == (
        "All 2 gaps written down on 2 Nov 2026 are mended: delete the baseline."
    )
    assert sentence_of(page_with()) == "2 gaps written down on 2 Nov 2026, none mended yet."
