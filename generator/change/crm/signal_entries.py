"""Contracts, outcomes, satisfaction, usage and talks of an account as they stand in a playbook."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from generator.change.crm.cells import to_the_cent
from generator.change.crm.mapping import CrmMapping
from generator.change.crm.places import (
    CONTRACT,
    INTERACTIONS,
    OUTCOMES,
    SATISFACTION,
    place_of_entry,
)
from generator.change.crm.signals import Contract, Event, Score, Talk, UsedAmount
from generator.read.document import DataPath

Row = TypeVar("Row")
Key = TypeVar("Key")
_LONGEST_NOTE = 4000  # as a text of a playbook


def number(amount: Decimal) -> int | Decimal:
    """An amount as people write it, to the cent; without a point where it is whole."""
    amount = to_the_cent(amount)
    return int(amount) if amount == int(amount) else amount


def fact(mapping: CrmMapping) -> dict[str, Any]:
    """The evidence of what the CRM says itself."""
    return {"grade": "fact", "as_of": mapping.as_of, "source": mapping.source}


def known(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that the export tells."""
    return {key: value for key, value in fields.items() if value is not None}


def grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """Rows by a key, in their order."""
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def contracts_that_count(contracts: Sequence[Contract], mapping: CrmMapping) -> list[Contract]:
    """Those in force on the export's day, the one that ends first at the head.

    Without one in force the next that begins, else the last that ended.
    """
    day = mapping.as_of
    if in_force := [contract for contract in contracts if contract.is_in_force(day)]:
        return sorted(in_force, key=lambda one: (one.end or datetime.date.max, one.start, one.id))
    first, last = datetime.date.min, datetime.date.max
    to_come = [contract for contract in contracts if (contract.start or first) > day]
    if to_come:
        return [min(to_come, key=lambda one: (one.start or last, one.id))]
    ended = sorted(contracts, key=lambda one: (one.end or first, one.start or first, one.id))
    return ended[-1:]


def contract_entry(contracts: Sequence[Contract], mapping: CrmMapping) -> dict[str, Any]:
    """What runs: days, notice and number of the one that ends first, the yearly value of all."""
    counted = contracts_that_count(contracts, mapping)
    if not counted:
        return {}
    first, yearly = counted[0], [one.yearly for one in counted if one.yearly is not None]
    more = len(counted) - 1
    return known(
        {
            "evidence": fact(mapping),
            "start": first.start,
            "end": first.end,
            "notice_by": first.notice_by,
            "value": number(sum(yearly, Decimal(0))) if yearly else None,
            "auto_renews": first.renews,
            "reference": f"{first.id} and {more:,} more" if more else first.id,
        }
    )


def outcome_entries(events: Iterable[Event], mapping: CrmMapping) -> list[dict[str, Any]]:
    """One for each day and kind, the oldest first; what ends alike on one day is one."""
    ends = grouped(
        (event for event in events if event.date), lambda event: (event.date, event.kind)
    )
    return [_outcome(ends[key], mapping) for key in sorted(ends, key=str)]


def _outcome(events: Sequence[Event], mapping: CrmMapping) -> dict[str, Any]:
    amount = sum((event.amount for event in events), Decimal(0))
    reasons = dict.fromkeys(event.reason for event in events if event.reason)
    return known(
        {
            "date": events[0].date,
            "kind": events[0].kind,
            "amount": number(amount) if amount > 0 else None,
            "reason": "; ".join(reasons) or None,
            **fact(mapping),
        }
    )


def satisfaction_entries(scores: Iterable[Score], mapping: CrmMapping) -> list[dict[str, Any]]:
    """One for each day and scale, the mean of what was said on it."""
    days = grouped(scores, lambda score: (score.date, score.scale))
    return [
        {
            "date": day,
            "score": number(_mean([one.score or Decimal(0) for one in answers])),
            "scale": number(scale or Decimal(0)),
            **fact(mapping),
        }
        for (day, scale), answers in sorted(days.items(), key=lambda pair: str(pair[0]))
    ]


def _mean(numbers: Sequence[Decimal]) -> Decimal:
    return round(sum(numbers, Decimal(0)) / len(numbers), 2).normalize()


def usage_entries(used: Iterable[UsedAmount], mapping: CrmMapping) -> list[dict[str, Any]]:
    """Each period of each metric, the newest last."""
    return [
        known(
            {
                "metric": one.metric,
                "date": one.date,
                "value": number(one.value or Decimal(0)),
                "of": None if one.of is None else number(one.of),
                **fact(mapping),
            }
        )
        for one in sorted(used, key=lambda one: (str(one.date), one.metric))
    ]


def talk_entries(
    talks: Iterable[Talk],
    contact_ids: Mapping[str, str],
    people: Mapping[str, str],
    mapping: CrmMapping,
) -> list[dict[str, Any]]:
    """One for each day and channel, with all contacts of that day; ids are by their key."""
    days = grouped(talks, lambda talk: (talk.date, talk.channel))
    return [_talk(days[key], contact_ids, people, mapping) for key in sorted(days, key=str)]


def _talk(
    talks: Sequence[Talk],
    contact_ids: Mapping[str, str],
    people: Mapping[str, str],
    mapping: CrmMapping,
) -> dict[str, Any]:
    talks = sorted(talks, key=lambda talk: talk.id)
    contacts = dict.fromkeys(
        contact_ids[talk.contact] for talk in talks if talk.contact in contact_ids
    )
    by = [people[talk.by] for talk in talks if talk.by in people]
    initiators = {talk.initiated_by for talk in talks}
    note = "; ".join(dict.fromkeys(talk.note for talk in talks if talk.note))
    return known(
        {
            "date": talks[0].date,
            "contacts": list(contacts) or None,
            "by": by[0] if by else None,
            "initiated_by": initiators.pop() if len(initiators) == 1 else None,
            "channel": talks[0].channel or None,
            "note": note[:_LONGEST_NOTE] or None,
            **fact(mapping),
        }
    )


def rows_of_signals(
    contracts: Sequence[Contract],
    events: Iterable[Event],
    scores: Iterable[Score],
    talks: Iterable[Talk],
    mapping: CrmMapping,
) -> Iterator[tuple[str, str]]:
    """Place and row of all that has a row of its own; a period of usage is made of too many."""
    for contract in contracts_that_count(contracts, mapping):
        yield ".".join(map(str, CONTRACT)), contract.id
    for event in events:
        if event.date:
            yield _place(OUTCOMES, date=event.date, kind=event.kind), event.id
    for score in scores:
        yield (
            _place(SATISFACTION, date=score.date, scale=number(score.scale or Decimal(0))),
            score.id,
        )
    for talk in talks:
        yield _place(INTERACTIONS, date=talk.date, channel=talk.channel or None), talk.id


def _place(path: DataPath, **keys: Any) -> str:
    return place_of_entry(path, {key: str(value) for key, value in keys.items() if value})
