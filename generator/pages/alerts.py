"""What needs a person in the words of pages: why, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.figures.attention import Item, Level, Need
from generator.language import Phrase, phrase, said
from generator.pages.formats import said_with_days
from generator.portfolio.attention import grouped

TO_DO: Mapping[Need, Phrase] = {
    Need.UNREADABLE: phrase("Correct the file"),
    Need.HEALTH: phrase("Restore their trust"),
    Need.CONTRACT: phrase("Prepare the renewal"),
    Need.DEAL: phrase("Fix the terms or leave"),
    Need.REVENUE_FELL: phrase("Ask them why they buy less"),
    Need.USAGE_FELL: phrase("Ask them why they use less"),
    Need.TRUST_FELL: phrase("Talk about what broke their trust"),
    Need.SATISFACTION_FELL: phrase("Ask what disappointed them"),
    Need.KEY_PERSON_LEFT: phrase("Get to know the successor"),
    Need.CASE: phrase("Close the case"),
    Need.PROMISE: phrase("Keep the promise"),
    Need.DISQUALIFIED: phrase("Spend nothing on them until that changes"),
    Need.NO_PROFIT: phrase("Fix the terms or leave"),
    Need.RESTRUCTURE: phrase("Fix the terms or leave"),
    Need.OPEN_DEAL: phrase("Close the deal or give it a new day"),
    Need.ACTION: phrase("Do it or give it a new day"),
    Need.CONTACT: phrase("Talk with them"),
    Need.UNKNOWN: phrase("Find out what was to be known by now"),
    Need.ERROR: phrase("Complete the plan"),
    Need.OUTCOME: phrase("Learn why they left it"),
    Need.STAGE_LOST: phrase("Win the stage back"),
    Need.FEED: phrase("Mend the feed of data"),
    Need.MEASURE: phrase("Improve what is low"),
    Need.LETTER: phrase("Improve what is low"),
    Need.FEW_CONTACTS: phrase("Get to know a second contact"),
    Need.SERVICE: phrase("Move service money to what counts"),
    Need.CONTRADICTION: phrase("Correct one of the two numbers"),
}
"""What is to be done about what an account needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWords:
    """What needs a person as pages say it; two that say the same are equal."""

    level: str
    """The class of its mark: bad or watch."""
    text: str
    section: str
    """The section of the account's page that tells more."""
    to_do: str
    """What is to be done about it; empty where it is only to be watched."""
    more: int
    """How many more of its kind there are."""


_MARKS = {Level.ACT: "bad", Level.WATCH: "watch"}


def in_words(items: Iterable[Item]) -> tuple[AlertWords, ...]:
    """What needs a person as pages say it, those of a kind as one."""
    return tuple(
        AlertWords(
            level=_MARKS[group.item.level],
            text=said_with_days(group.item.text),
            section=group.item.section,
            to_do=said(TO_DO[group.item.kind]) if group.item.level is Level.ACT else "",
            more=group.more,
        )
        for group in grouped(items)
    )
