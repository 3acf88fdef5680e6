"""A review as a person reads it in a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from generator.language import say
from generator.pages import formats
from generator.pages.review import NameOf, line_of, topics_of
from generator.portfolio.review import Review, ReviewItem
from generator.terminal import json_text, printable


def review_text(review: Review, name_of: NameOf) -> str:
    """Topic by topic, each item with its file and line, in the language that is spoken."""
    return "".join(f"{printable(line)}\n" for line in _lines(review, name_of))


def _lines(review: Review, name_of: NameOf) -> Iterator[str]:
    yield _head(review)
    for topic in topics_of(review, name_of):
        yield ""
        yield say("{kind}: {words}", kind=topic.title, words=topic.cure)
        for line in topic.lines:
            yield f"  {place_of(review, line.item)}: {line.text}"
    yield ""
    if review.items:
        yield say("When you are through:")
    else:
        yield say("Nothing to do. Note that you looked:")
    yield f"  playbook review {review.account.id} --done"


def _head(review: Review) -> str:
    account, day = review.account.name, formats.day(review.today)
    if review.reviewed is None:
        return say("{account}: review on {day}, the first one", account=account, day=day)
    return say(
        "{account}: review on {day}, the last one was on {before}",
        account=account,
        day=day,
        before=formats.day(review.reviewed),
    )


def place_of(review: Review, item: ReviewItem) -> str:
    """File, line and column; the file alone where it rests on figures."""
    path = review.account.document.path
    return path if item.line is None else f"{path}:{item.line}:{item.column}"


def review_json(review: Review, name_of: NameOf) -> str:
    """The same for programs: days as ISO dates, texts in the language that is spoken."""
    data = {
        "account": review.account.id,
        "path": review.account.document.path,
        "today": review.today,
        "reviewed": review.reviewed,
        "until": review.last,
        "items": [
            {
                "topic": item.topic,
                "text": line_of(item, review.today, name_of).text,
                "path": review.account.document.path,
                "line": item.line,
                "column": item.column,
                "day": item.day,
                "who": item.who,
                "section": item.section,
                "figure": item.doubt.figure if item.doubt else None,
                "stands": item.doubt.stands if item.doubt else None,
                "share": item.doubt.share if item.doubt else None,
            }
            for item in review.items
        ],
    }
    return json_text(data, indent=2, default=str) + "\n"
