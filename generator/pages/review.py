"""What a review should touch, in the words of readers: on the account's page and in a terminal."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.figures.name import steps_of
from generator.language import phrase, said, say, say_count
from generator.pages import formats
from generator.pages.words import input_name, step_name, title_of
from generator.portfolio.review import Review, ReviewItem, Topic


class TopicWords(NamedTuple):
    """How a topic is headed, and what to do about all that stands below."""

    title: str
    cure: str


TOPICS: Mapping[Topic, TopicWords] = {
    Topic.DUE: TopicWords(
        phrase("Due or past due"), phrase("Do it or move it, and write down how it went.")
    ),
    Topic.FIND_OUT: TopicWords(
        phrase("What to find out first"),
        phrase("A verdict hangs on these: ask, then write the value with its grade and its day."),
    ),
    Topic.OLD_FACT: TopicWords(
        phrase("Facts past their shelf life"),
        phrase("Ask again, and write the value with its new day."),
    ),
    Topic.UNKNOWN: TopicWords(
        phrase("Not known yet"), phrase("Write the answer, or leave it until its day.")
    ),
    Topic.CONTACT: TopicWords(
        phrase("Contacts to talk with"),
        phrase("Talk with them, and write it into the interactions."),
    ),
    Topic.OBJECTIVE: TopicWords(
        phrase("Objectives to measure"), phrase("Write where it stands, and as of which day.")
    ),
    Topic.FINDING: TopicWords(
        phrase("What the gate asks for"), phrase("Write what is missing, or correct it.")
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One item in words."""

    text: str
    is_late: bool
    """Whether its day has passed."""
    item: ReviewItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTopic:
    """The items of a topic in words."""

    title: str
    cure: str
    lines: tuple[ReviewLine, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.lines)


NameOf = Callable[[str], str]
"""What readers call an input, by its path in words."""


def topics_of(review: Review, name_of: NameOf = input_name) -> tuple[ReviewTopic, ...]:
    """The topics of a review that have something to say."""
    return tuple(
        ReviewTopic(
            title=say(words.title),
            cure=say(words.cure),
            lines=tuple(line_of(item, review.today, name_of) for item in review.of(topic)),
        )
        for topic, words in TOPICS.items()
        if review.of(topic)
    )


def line_of(item: ReviewItem, today: datetime.date, name_of: NameOf = input_name) -> ReviewLine:
    """An item in words."""
    is_due = item.topic in (Topic.DUE, Topic.CONTACT)
    is_late = is_due and item.day is not None and item.day < today
    in_words = _due(item, is_late=is_late) if is_due else _BY_TOPIC[item.topic](item, name_of)
    return ReviewLine(text=in_words, is_late=is_late, item=item)


def _due(item: ReviewItem, *, is_late: bool) -> str:
    text = formats.said_with_days(item.what)
    if item.day is not None and not item.names_day:
        day = formats.day(item.day)
        text = (
            say("Overdue since {day}: {what}", day=day, what=text)
            if is_late
            else say("{day}: {what}", day=day, what=text)
        )
    return with_person(text, item.who)


def _to_find_out(item: ReviewItem, name_of: NameOf) -> str:
    if item.doubt is None:
        raise ValueError(item)  # each item to find out has its doubt: a bug
    return say(
        "{fact}: {share} of the doubt about the verdict {figure}, which stands with a chance of"
        " {chance}",
        fact=_name(item, name_of),
        share=formats.share(item.doubt.share),
        figure=title_of(item.doubt.figure),
        chance=formats.share(item.doubt.stands),
    )


def _name(item: ReviewItem, name_of: NameOf) -> str:
    """What a fact is called where no section around it tells what it belongs to."""
    steps, name = steps_of(item.what), name_of(item.what)
    if steps[1:] == ("evidence",):
        return say("Facts of the section {section}", section=step_name(steps[0]))
    if len(steps) > _WITH_HOLDER and name == step_name(steps[-1]):
        name = say("{entry}: {field}", entry=step_name(steps[-2]), field=name)
    return formats.opening(name)


_WITH_HOLDER = 2
"""A path of more steps has a part between section and fact, such as `development`."""


def _old_fact(item: ReviewItem, name_of: NameOf) -> str:
    return say_count(
        "{fact}: of {day}, {count} day past its shelf life",
        "{fact}: of {day}, {count} days past its shelf life",
        item.days_past,
        fact=_name(item, name_of),
        day=formats.day(item.day),
    )


def _unknown(item: ReviewItem, name_of: NameOf) -> str:
    fact = _name(item, name_of)
    if item.day is None:
        return with_person(fact, item.who)
    day = formats.day(item.day)
    return with_person(say("{fact}: to be found out by {day}", fact=fact, day=day), item.who)


def _objective(item: ReviewItem, _name_of: NameOf) -> str:
    text = (
        say("{what}: never measured", what=item.what)
        if item.day is None
        else say("{what}: last measured on {day}", what=item.what, day=formats.day(item.day))
    )
    return with_person(text, item.who)


def _finding(item: ReviewItem, _name_of: NameOf) -> str:
    return formats.opening(said(item.what))


_BY_TOPIC: Mapping[Topic, Callable[[ReviewItem, NameOf], str]] = {
    Topic.FIND_OUT: _to_find_out,
    Topic.OLD_FACT: _old_fact,
    Topic.UNKNOWN: _unknown,
    Topic.OBJECTIVE: _objective,
    Topic.FINDING: _finding,
}


def with_person(text: str, who: str) -> str:
    """What is to be done, and whose it is where somebody's and not said already."""
    return say("{what} ({who})", what=text, who=who) if who and who not in text else text
