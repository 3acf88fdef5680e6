"""Reminders as text, Markdown, JSON, and as what the webhooks of two chats take.

Slack takes rich text, Teams an Adaptive Card of rich text: in both every name and sentence is a
value of its own, so that nothing a person wrote can become a mention, a link or a style.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.language import say, say_count
from generator.pages import formats
from generator.pages.encoder import encode
from generator.pages.links import account_href
from generator.pages.review import with_person
from generator.portfolio.reminders import PersonReminders, Reminder, Reminders
from generator.terminal import json_text, printable

WORD_JOINER = "\N{WORD JOINER}"
SLACK_BLOCKS, SLACK_BYTES = 50, 30_000
"""Slack takes 50 blocks a message; it names no size for rich text, a page of it is enough."""
TEAMS_BYTES = 26_000
"""A webhook of Teams takes 28 kB with all that is around the card."""
HEADER_SIGNS = 150
"""As long as a header of Slack may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told, in which language and with which links."""

    reminders: Reminders
    site_url: str | None
    """Where the site is published; without it nothing is linked."""


def _head(told: Told) -> str:
    reminders = told.reminders
    day = formats.day(reminders.last)
    if not reminders.count:
        return say("Nothing is due until {day}.", day=day)
    head = say_count(
        "{count} thing is due until {day}",
        "{count} things are due until {day}",
        reminders.count,
        day=day,
    )
    if not reminders.late:
        return say("{sentence}.", sentence=head)
    late = say_count(
        "{count} of them past its day", "{count} of them past their day", reminders.late
    )
    return say("{due}, {late}.", due=head, late=late)


def _who(person: PersonReminders) -> str:
    return person.who or say("Nobody owns these")


def _when(reminder: Reminder, told: Told) -> str:
    """How urgent it is, in few words; the day where the sentence does not name it."""
    item = reminder.item
    if item.day is None:
        return say("now")
    if item.names_day:
        return (
            say("overdue") if reminder.is_late else formats.distance(item.day, told.reminders.today)
        )
    day = formats.day(item.day)
    return say("overdue since {day}", day=day) if reminder.is_late else day


def _what(reminder: Reminder) -> str:
    return formats.said_with_days(reminder.item.what)


def _url(reminder: Reminder, told: Told) -> str | None:
    if told.site_url is None:
        return None
    return f"{told.site_url}/{account_href(reminder.account.id, reminder.item.section)}"


def _place(reminder: Reminder) -> str:
    path, line = reminder.account.document.path, reminder.item.line
    return path if line is None else f"{path}:{line}"


def as_text(told: Told) -> str:
    """By person, each thing with its file and line."""
    return "".join(f"{printable(line)}\n" for line in _text_lines(told))


def _text_lines(told: Told) -> Iterator[str]:
    yield _head(told)
    for person in told.reminders.people:
        yield ""
        yield _who(person)
        for reminder in person.reminders:
            words = say("{account}: {what}", account=reminder.account.name, what=_what(reminder))
            yield f"  {with_person(words, _when(reminder, told))} {_place(reminder)}"


def as_markdown(told: Told) -> str:
    """The same as Markdown; what people wrote is text and nothing else in it."""
    return "".join(f"{line}\n" for line in _markdown_lines(told))


def _plain(text: str) -> str:
    """Text that no host takes for a mention or a link."""
    return encode(printable(text)).replace("&#64;", f"&#64;{WORD_JOINER}")


def _markdown_lines(told: Told) -> Iterator[str]:
    yield _plain(_head(told))
    for person in told.reminders.people:
        yield ""
        yield f"**{_plain(_who(person))}**"
        yield ""
        for reminder in person.reminders:
            name, url = _plain(reminder.account.name), _url(reminder, told)
            linked = f"[{name}]({url})" if url else name
            when = _plain(_when(reminder, told))
            when = f"**{when}**" if reminder.is_late or reminder.item.day is None else when
            yield f"- {when} · {linked}: {_plain(_what(reminder))}"


def as_json(told: Told) -> str:
    """One entry for each thing, in the order of people."""
    reminders = told.reminders
    data = {
        "today": reminders.today,
        "until": reminders.last,
        "reminders": [
            {
                "owner": person.id,
                "who": person.who,
                "account": reminder.account.id,
                "name": reminder.account.name,
                "text": _what(reminder),
                "day": reminder.item.day,
                "late": reminder.is_late,
                "path": reminder.account.document.path,
                "line": reminder.item.line,
                "column": reminder.item.column,
                "url": _url(reminder, told),
            }
            for person in reminders.people
            for reminder in person.reminders
        ],
    }
    return json_text(data, indent=2, default=str) + "\n"


def _fitting(told: Told, most: int, make: Callable[[int], dict[str, Any]]) -> str:
    """The message with as many things as fit into so many bytes."""
    least, shown = 0, told.reminders.count
    text = json_text(make(shown), is_tight=True)
    while len(text.encode()) > most and least < shown:
        shown = max(least, shown * most // len(text.encode()), shown // 2)
        text = json_text(make(shown), is_tight=True)
    return f"{text}\n"


def _shown(told: Told, count: int) -> Iterator[tuple[PersonReminders, tuple[Reminder, ...]]]:
    """The first things of each person, so many in all: everybody in turn gets one more."""
    people = told.reminders.people
    shares = dict.fromkeys(range(len(people)), 0)
    left = count
    while left:
        for index, person in enumerate(people):
            if left and shares[index] < len(person.reminders):
                shares[index] += 1
                left -= 1
    for index, person in enumerate(people):
        if shares[index]:
            yield person, person.reminders[: shares[index]]


def _rest(told: Told, count: int) -> str:
    """How many things are not told for want of room; empty where all are."""
    more = told.reminders.count - count
    return say_count("and {count} more", "and {count} more", more) if more else ""


def as_slack(told: Told) -> str:
    """The body of a POST to an incoming webhook of Slack."""
    # One block for the head, one for each person, one for the rest
    most_people = SLACK_BLOCKS - 2
    people = told.reminders.people[:most_people]
    fits = sum(len(person.reminders) for person in people)
    return _fitting(told, SLACK_BYTES, lambda count: _slack(told, min(count, fits), most_people))


def _slack(told: Told, count: int, most_people: int) -> dict[str, Any]:
    head = printable(_head(told))
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": head[:HEADER_SIGNS]}}
    ]
    within = Told(
        reminders=Reminders(
            today=told.reminders.today,
            last=told.reminders.last,
            people=told.reminders.people[:most_people],
        ),
        site_url=told.site_url,
    )
    for person, reminders in _shown(within, count):
        name = {"type": "text", "text": printable(_who(person)), "style": {"bold": True}}
        lines = [_slack_section(*_slack_line(reminder, told)) for reminder in reminders]
        bullets = {"type": "rich_text_list", "style": "bullet", "elements": lines}
        blocks.append({"type": "rich_text", "elements": [_slack_section(name), bullets]})
    if rest := _rest(told, count):
        blocks.append({"type": "rich_text", "elements": [_slack_section(_slack_text(rest))]})
    return {"text": head, "blocks": blocks}


def _slack_section(*elements: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def _slack_text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": printable(text)}


def _slack_line(reminder: Reminder, told: Told) -> Iterator[dict[str, Any]]:
    url = _url(reminder, told)
    name = _slack_text(reminder.account.name)
    yield {**name, "type": "link", "url": url} if url else name
    words = with_person(_what(reminder), _when(reminder, told))
    yield _slack_text(f": {words}")


def as_teams(told: Told) -> str:
    """The body of a POST to a webhook of Teams (Workflows): one Adaptive Card."""
    return _fitting(told, TEAMS_BYTES, partial(_teams, told))


def _teams(told: Told, count: int) -> dict[str, Any]:
    body = [_teams_block(_teams_text(_head(told), weight="Bolder", size="Large"))]
    for person, reminders in _shown(told, count):
        name = _teams_block(_teams_text(_who(person), weight="Bolder"))
        body.append({**name, "separator": True, "spacing": "Medium"})
        body += [_teams_block(*_teams_line(reminder, told)) for reminder in reminders]
    if rest := _rest(told, count):
        body.append(_teams_block(_teams_text(rest)))
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "msteams": {"width": "Full"},
        "body": body,
    }
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "content": card}]}


def _teams_block(*runs: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": list(runs)}


def _teams_text(text: str, **style: Any) -> dict[str, Any]:
    return {"type": "TextRun", "text": printable(text), **style}


def _teams_line(reminder: Reminder, told: Told) -> Iterator[dict[str, Any]]:
    url = _url(reminder, told)
    link = {"selectAction": {"type": "Action.OpenUrl", "url": url}} if url else {}
    yield _teams_text(reminder.account.name, **link)
    words = with_person(_what(reminder), _when(reminder, told))
    colour = {"color": "Attention"} if reminder.is_late else {}
    yield _teams_text(f": {words}", **colour)


FORMATS: Mapping[str, Callable[[Told], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
    "slack": as_slack,
    "teams": as_teams,
}
"""By name what writes it."""
