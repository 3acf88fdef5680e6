"""A plan as it was known on an earlier day: without what happened, or was learnt, later.

A list all of whose entries are later had not been begun: it is absent, and not empty.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

from generator.form import Playbook
from generator.model.years import Years

_Model = TypeVar("_Model", bound=BaseModel)
_Entries = tuple[Any, ...] | None


def as_known(playbook: Playbook, day: datetime.date, years: Years) -> Playbook:
    """The playbook without entries dated later; what was done or closed later was open then."""
    relationship, service, economics = playbook.relationship, playbook.service, playbook.economics
    return _with(
        playbook,
        account=_with(playbook.account, status=_status(playbook, day)),
        usage=_until(playbook.usage, day),
        outcomes=_until(playbook.outcomes, day),
        decisions=_until(playbook.decisions, day),
        actions=_undone(playbook.actions, "done_on", day),
        relationship=relationship
        and _with(
            relationship,
            interactions=_until(relationship.interactions, day),
            trust=_until(relationship.trust, day),
            promises=_undone(relationship.promises, "kept_on", day),
            contacts=_undone(relationship.contacts, "left_on", day),
        ),
        service=service
        and _with(
            service,
            cases=_undone(
                _until(service.cases, day, "opened"),
                "closed",
                day,
            ),
            satisfaction=_until(service.satisfaction, day),
        ),
        economics=economics and _with(economics, revenue=_ended(economics.revenue, day, years)),
    )


def _with(model: _Model, **changes: Any) -> _Model:
    return model.model_copy(update=changes)


def _status(playbook: Playbook, day: datetime.date) -> str | None:
    """A customer until the day of the loss."""
    lost = any(outcome.kind == "lost" and outcome.date > day for outcome in playbook.outcomes or ())
    return "customer" if lost and playbook.account.status == "former" else playbook.account.status


def _until(entries: _Entries, day: datetime.date, field: str = "date") -> _Entries:
    """Those of some entries that are not of a later day."""
    return _those(entries, lambda entry: (at := getattr(entry, field)) is None or at <= day)


def _ended(entries: _Entries, day: datetime.date, years: Years) -> _Entries:
    """Revenue of years, and parts of years, that had ended."""
    return _those(entries, lambda entry: (entry.to or years.last_day(entry.year)) <= day)


def _those(entries: _Entries, is_known: Callable[[Any], bool]) -> _Entries:
    if entries is None:
        return None
    known = tuple(entry for entry in entries if is_known(entry))
    return known if known or not entries else None


def _undone(entries: _Entries, field: str, day: datetime.date) -> _Entries:
    """The entries, whose day is taken out where it is a later one."""
    if entries is None:
        return None
    return tuple(
        _with(entry, **{field: None})
        if (at := getattr(entry, field)) is not None and at > day
        else entry
        for entry in entries
    )
