"""A review in words: what is to be found out, what is too old, and whose it is."""

from __future__ import annotations

import datetime

import pytest

from generator.language import language_from, speaking
from generator.pages.review import line_of
from generator.portfolio.review import Doubt, ReviewItem, Topic
from tests.pages.sites import TODAY

DAY = datetime.date(2026, 11, 20)
LATER = datetime.date(2026, 12, 1)
DOUBT = Doubt(figure="deal.verdict", stands=0.55, share=0.164)
ITEMS = [
    (
        Topic.DUE,
        {"what": "Call", "day": DAY, "who": "Kim Larsen"},
        "Overdue since 20 Nov 2026: Call (Kim Larsen)",
        True,
    ),
    (Topic.DUE, {"what": "Call", "day": TODAY}, "23 Nov 2026: Call", False),
    (
        Topic.DUE,
        {"what": "Give notice by 1 December", "day": LATER, "names_day": True},
        "Give notice by 1 December",
        False,
    ),
    (
        Topic.FIND_OUT,
        {"what": "economics.development.months", "doubt": DOUBT},
        (
            "Months of development: 16\u202f% of the doubt about the verdict Deal, which stands with a"
            " chance of 55\u202f%"
        ),
        False,
    ),
    (
        Topic.OLD_FACT,
        {"what": "economics.retention", "day": DAY, "days_past": 1},
        "Retention: of 20 Nov 2026, 1 day past its shelf life",
        False,
    ),
    (
        Topic.OLD_FACT,
        {"what": "risk.evidence", "day": DAY, "days_past": 1200},
        "Facts of the section risk: of 20 Nov 2026, 1,200 days past its shelf life",
        False,
    ),
    (
        Topic.UNKNOWN,
        {"what": "economics.retention", "day": LATER, "who": "Kim Larsen"},
        "Retention: to be found out by 1 Dec 2026 (Kim Larsen)",
        False,
    ),
    (
        Topic.CONTACT,
        {"what": "Ann should have heard from us", "day": DAY, "names_day": True},
        "Ann should have heard from us",
        True,
    ),
    (Topic.OBJECTIVE, {"what": "Grow"}, "Grow: never measured", False),
    (
        Topic.OBJECTIVE,
        {"what": "Grow", "day": DAY, "who": "Kim Larsen"},
        "Grow: last measured on 20 Nov 2026 (Kim Larsen)",
        False,
    ),
    (Topic.FINDING, {"what": "no contact; add one"}, "No contact; add one", False),
]


@pytest.mark.parametrize(("topic", "traits", "text", "is_late"), ITEMS)
def test_each_item_in_words(
    topic: Topic, traits: dict[str, object], text: str, is_late: bool
) -> None:
    item = ReviewItem(topic=topic, section="plan", line=1, column=1, **traits)  # type: ignore[arg-type]
    made = line_of(item, TODAY)
    assert (made.text, made.is_late) == (text, is_late)


def test_an_item_in_the_language_of_the_page() -> None:
    po = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "{what}: never measured"\nmsgstr "{what}：从未测量"\n'
    )
    item = ReviewItem(topic=Topic.OBJECTIVE, what="增长", section="plan", line=1, column=1)
    with speaking(language_from("zh", po.encode())):
        assert line_of(item, TODAY).text == "增长：从未测量"
