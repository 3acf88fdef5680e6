"""How rules look into a playbook: lists, entries, fields, days relative to today or the renewal."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.enrich import Account
from generator.enrich.place import Place
from generator.read.document import DataPath
from generator.settings import Settings
from generator.settings.rules import DAY_PHRASE, Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One account under the rules, on one day."""

    account: Account
    today: datetime.date
    settings: Settings

    @property
    def data(self) -> Mapping[str, Any]:
        """The valid part of the file, as text."""
        return self.account.document.data or {}

    def name(self, path: DataPath) -> str:
        """A path in words, as figures name what is missing: entries by their id."""
        place = Place(self.account.playbook, self.account.document.marks)
        for step in path:
            place = place.into(step)
        return place.name

    def not_even_unknown(self, missing: Iterable[str]) -> tuple[str, ...]:
        """What of the missing nobody has undertaken to find out by a day still to come."""
        honest = {
            self.name(one.path)
            for one in self.account.plan.unknowns
            if one.find_by >= self.today.isoformat()
        }
        return tuple(name for name in missing if name not in honest)

    def renewal(self) -> datetime.date | None:
        """The day that renewal turns on: the notice day, else the contract's end."""
        playbook = self.account.playbook
        contract = playbook.account.contract if playbook else None
        return (contract.notice_by or contract.end) if contract else None

    def value(self, path: DataPath) -> Any:
        """What stands at a path, None where nothing does."""
        node: Any = self.data
        for step in path:
            if isinstance(node, dict):
                node = node.get(str(step))
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return node

    def entries(self, place: str) -> Iterator[tuple[DataPath, Mapping[str, Any]]]:
        """The entries of a list, or the one mapping, at a place such as 'risk.own'.

        With * each mapping that there is at such a place.
        """
        if "*" in place.split("."):
            yield from self.begun(place)
            return
        path: DataPath = tuple(place.split("."))
        node = self.value(path)
        if isinstance(node, dict):
            yield path, node
        for index, entry in enumerate(node if isinstance(node, list) else ()):
            if isinstance(entry, dict):
                yield (*path, index), self._with_defaults(path, entry)

    def begun(self, place: str) -> Iterator[tuple[DataPath, Mapping[str, Any]]]:
        """Each mapping that there is at a place such as 'risk.own.*' or 'account.contract'."""
        for path in self._paths((), tuple(place.split("."))):
            node = self.value(path)
            if isinstance(node, dict):
                yield path, self._with_defaults(path[:-1], node)

    def _paths(self, above: DataPath, steps: tuple[str, ...]) -> Iterator[DataPath]:
        """The paths of a pattern, * being every entry of a list or mapping."""
        if not steps:
            yield above
            return
        node = self.value(above)
        keys: Iterable[str | int] = (steps[0],)
        if steps[0] == "*":
            keys = range(len(node)) if isinstance(node, list) else node or ()
        for key in keys:
            yield from self._paths((*above, key), steps[1:])

    def _with_defaults(self, path: DataPath, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        """A service object takes level and role from its contact; who will leave has not yet."""
        if path == ("relationship", "contacts"):
            leaves = str(entry.get("left_on", "")) > self.today.isoformat()
            return {key: entry[key] for key in entry if key != "left_on"} if leaves else entry
        if path != ("service", "objects") or "contact" not in entry:
            return entry
        for contact in self.value(("relationship", "contacts")) or ():
            if isinstance(contact, dict) and contact.get("id") == entry["contact"]:
                roles = contact.get("roles") or [None]
                defaults = {"level": contact.get("level"), "role": roles[0]}
                return {**{key: one for key, one in defaults.items() if one}, **entry}
        return entry

    def day(self, phrase: str) -> datetime.date | None:
        """A day such as 'today', 'renewal' or 'today-365'."""
        words = DAY_PHRASE.fullmatch(phrase)
        if not words:
            raise ValueError(phrase)  # settings are checked before: a bug
        base = self.today if words[1] == "today" else self.renewal()
        if base is None or not words[2]:
            return base
        days = datetime.timedelta(days=int(words[3]))
        return base + days if words[2] == "+" else base - days

    def fits(self, entry: Mapping[str, Any], where: Mapping[str, Condition] | None) -> bool:
        """Whether an entry meets all conditions."""
        return all(
            self._meets(entry.get(field), condition) for field, condition in (where or {}).items()
        )

    def _meets(self, value: Any, condition: Condition) -> bool:
        if condition.present is not None and (condition.present == "true") != is_there(value):
            return False
        words = value if isinstance(value, list) else [value]
        if condition.is_ is not None and value not in condition.is_:
            return False
        if condition.has is not None and not set(condition.has) & set(map(str, words)):
            return False
        if condition.in_figure is not None and not self._in_figure(condition.in_figure, value):
            return False
        if condition.at_least is not None and not _is_at_least(value, condition.at_least):
            return False
        return self._in_time(value, condition)

    def _in_figure(self, key: str, value: Any) -> bool:
        figure = self.account.figures.get(key)
        words = figure.value if figure is not None else None
        listed = words if isinstance(words, (tuple, Mapping)) else (words,)
        return isinstance(value, str) and value in listed

    def _in_time(self, value: Any, condition: Condition) -> bool:
        for phrase, is_before in ((condition.before, True), (condition.after, False)):
            if phrase is None:
                continue
            day = self.day(phrase)
            if day is None or not isinstance(value, str):
                return False
            if not (value < day.isoformat() if is_before else value > day.isoformat()):
                return False
        return True


def is_there(value: Any) -> bool:
    """Whether a field is filled in: an empty list counts (looked, none), an unknown does not."""
    return value is not None and not is_unknown(value)


def is_unknown(value: Any) -> bool:
    """Whether a field is honestly unknown."""
    return isinstance(value, dict) and "unknown" in value


def unknown_in_time(value: Any, today: datetime.date) -> bool:
    """Whether an honest unknown may still be found out."""
    return is_unknown(value) and str(value.get("find_by", "")) >= today.isoformat()


def _is_at_least(value: Any, least: float) -> bool:
    try:
        return float(value) >= least
    except (TypeError, ValueError):
        return False
