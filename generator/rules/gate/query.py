"""How rules look into a playbook: lists, entries, fields, days relative to today or the renewal."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from generator.figures import Account
from generator.figures.definitions import DEFINITIONS
from generator.figures.place import Place
from generator.form import FORM
from generator.form.relationship import Contact
from generator.form.service import TAKEN_FROM_CONTACT, ServiceObject, taken_from_contact
from generator.model.base import Fact, MayBeNone, Unknowable
from generator.model.fields import ENTRY, Field
from generator.read.document import DataPath
from generator.rules.rulebook import DAY_PHRASE, Condition
from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a list, or one mapping, with what it says and what it has by default."""

    path: DataPath
    node: BaseModel
    values: Mapping[str, Any]
    """By key, only what is there."""
    waits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By key what a default of it waits on: what stands elsewhere and could not be read."""

    def get(self, key: str) -> Any:
        """What a field holds, None where nothing does."""
        return self.values.get(key)

    @property
    def name(self) -> str:
        """What the entry is called by itself, '' where it has no name."""
        for key in ("id", "what", "name", "item", "rule", "to"):
            if isinstance(self.get(key), str):
                return str(self.get(key))
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One account under the rules, on one day."""

    account: Account
    today: datetime.date
    settings: Settings

    def name(self, path: DataPath) -> str:
        """A path in words, as figures name what is missing: entries by their id."""
        place = Place(self.account.playbook, self.account.document.marks)
        for step in path:
            place = place.into(step)
        return place.name

    def not_even_unknown(self, missing: Iterable[str]) -> tuple[str, ...]:
        """What of the missing nobody has undertaken to find out by a day still to come."""
        honest = {
            self.name(unknown.path)
            for unknown in self.account.plan.unknowns
            if unknown.find_by >= self.today.isoformat()
        }
        return tuple(name for name in missing if name not in honest)

    def renewal(self) -> datetime.date | None:
        """The day that renewal turns on: the notice day, else the contract's end."""
        playbook = self.account.playbook
        contract = playbook.account.contract if playbook else None
        return (contract.notice_by or contract.end) if contract else None

    def value(self, path: DataPath) -> Any:
        """What stands in the playbook at a path, None where nothing does."""
        field: Field | None = FORM
        node: Any = self.account.playbook
        for step in path:
            field = field.step(step) if field else None
            if field is None or node is None:
                return None
            node = _inside(node, field, step)
        return node

    @contextlib.contextmanager
    def listening(self) -> Iterator[Mapping[str, None]]:
        """What is asked for meanwhile of what could not be read, or was taken out."""
        if self.account.plan.watch is None:
            yield {}
        else:
            with self.account.plan.watch.listen() as asked:
                yield asked

    def lost(self, place: str, fields: Iterable[str] = ()) -> tuple[str, ...]:
        """What of a place such as 'risk.own' could not be read, of its entries some fields only."""
        steps, wanted = place.split("."), tuple(fields)
        lost = self.account.plan.lost.items()
        return tuple(name for path, name in lost if _touches(path, steps, wanted))

    def lost_of(self, entry: Entry, where: Mapping[str, Condition] | None) -> tuple[str, ...]:
        """What of an entry's fields, those of some conditions, could not be read."""
        plan = self.account.plan
        return tuple(name for field in where or {} for name in plan.lost_at((*entry.path, field)))

    def unsure(self, where: Mapping[str, Condition] | None) -> tuple[str, ...]:
        """What conditions wait on: the figures that they ask rest on what could not be read."""
        keys = (condition.in_figure for condition in (where or {}).values())
        figures = (self.account.figures.get(key) for key in keys if key is not None)
        return tuple(name for figure in figures if figure for name in figure.waits_on)

    def entries(self, place: str) -> Iterator[Entry]:
        """The entries of a list, or the one mapping, at a place such as 'risk.own'.

        With * each mapping that there is at such a place.
        """
        path: DataPath = tuple(place.split("."))
        node = None if ENTRY in path else self.value(path)
        if isinstance(node, tuple):
            yield from self.begun(f"{place}.{ENTRY}")
        else:
            yield from self.begun(place)

    def begun(self, place: str) -> Iterator[Entry]:
        """Each mapping that there is at a place such as 'risk.own.*' or 'account.contract'."""
        steps = tuple(place.split("."))
        for path, form, node in _places((), FORM, self.account.playbook, steps):
            if not isinstance(node, BaseModel) or (isinstance(node, MayBeNone) and node.is_none):
                continue
            values = _values(form, node)
            if self._stays(node):
                del values["left_on"]
            if form.shorthand is None or values.keys() != {form.shorthand}:
                with self.listening() as asked:
                    defaults = self._defaults(node)
                waits = dict.fromkeys(TAKEN_FROM_CONTACT, tuple(asked)) if asked else {}
                yield Entry(path=path, node=node, values={**defaults, **values}, waits=waits)

    def _stays(self, node: BaseModel) -> bool:
        """Whether it is a contact who will leave: today they are still there."""
        return (
            isinstance(node, Contact) and node.left_on is not None and not node.has_left(self.today)
        )

    def _defaults(self, node: BaseModel) -> Mapping[str, str]:
        """What a service object has from its contact."""
        if not isinstance(node, ServiceObject) or node.contact is None:
            return {}
        relationship = self.account.playbook.relationship if self.account.playbook else None
        contacts = (relationship and relationship.contacts) or ()
        contact = next((contact for contact in contacts if contact.id == node.contact), None)
        return taken_from_contact(contact.level, contact.roles) if contact else {}

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

    def fits(self, entry: Entry, where: Mapping[str, Condition] | None) -> bool:
        """Whether an entry meets all conditions."""
        return all(
            self._meets(entry.get(field), condition) for field, condition in (where or {}).items()
        )

    def _meets(self, value: Any, condition: Condition) -> bool:
        if condition.present is not None and (condition.present == "true") != is_there(value):
            return False
        words = [written(word) for word in (value if isinstance(value, tuple) else (value,))]
        if condition.is_ is not None and written(value) not in condition.is_:
            return False
        if condition.has is not None and not set(condition.has) & set(words):
            return False
        if condition.in_figure is not None and not self._in_figure(condition.in_figure, value):
            return False
        if condition.at_least is not None and not _is_at_least(value, condition.at_least):
            return False
        return self._in_time(value, condition)

    def words_wanted(self, where: Mapping[str, Condition] | None) -> tuple[tuple[str, str], ...]:
        """Each word of the figures that conditions name, and that word with its name."""
        keys = [condition.in_figure for condition in (where or {}).values() if condition.in_figure]
        return tuple(
            (word, self.settings.named(DEFINITIONS[key].labels, word))
            for key in keys
            for word in self._words_of(key)
        )

    def _words_of(self, key: str) -> tuple[str, ...]:
        figure = self.account.figures.get(key)
        words = figure.value if figure is not None else None
        return tuple(words) if isinstance(words, (tuple, Mapping)) else (str(words),)

    def _in_figure(self, key: str, value: Any) -> bool:
        return isinstance(value, str) and value in self._words_of(key)

    def _in_time(self, value: Any, condition: Condition) -> bool:
        for phrase, is_before in ((condition.before, True), (condition.after, False)):
            if phrase is None:
                continue
            day = self.day(phrase)
            if day is None or not isinstance(value, datetime.date):
                return False
            if not (value < day if is_before else value > day):
                return False
        return True


def _touches(path: DataPath, steps: Sequence[str], fields: Sequence[str]) -> bool:
    """Whether a loss is at or around a place, in its list, or of one of some fields below it."""
    if any(each not in (ENTRY, step) for step, each in zip(path, steps, strict=False)):
        return False
    below = [step for step in path[len(steps) :] if isinstance(step, str)]
    return not below or below[0] == ENTRY or below[0] in fields


def _inside(node: Any, field: Field, step: str | int) -> Any:
    """What a node holds in a field one step further in."""
    if isinstance(node, BaseModel):
        return getattr(node, field.attribute)
    if isinstance(node, dict):
        return node.get(step)
    return node[step] if isinstance(step, int) and step < len(node) else None


def _values(field: Field, node: BaseModel) -> dict[str, Any]:
    """What a node says by key, only what is there."""
    values = {child.name: getattr(node, child.attribute) for child in field.children.values()}
    return {key: value for key, value in values.items() if value is not None}


def _places(
    path: DataPath, field: Field, node: Any, steps: tuple[str, ...]
) -> Iterator[tuple[DataPath, Field, Any]]:
    """The places of a pattern that hold something, * being every entry of a list or mapping."""
    if node is None or not steps:
        if node is not None:
            yield path, field, node
        return
    keys: Iterable[str | int] = (steps[0],)
    if steps[0] == ENTRY:
        keys = (
            range(len(node))
            if isinstance(node, tuple)
            else field.children
            if isinstance(node, BaseModel)
            else node
            if isinstance(node, dict)
            else ()
        )
    for key in keys:
        if inner := field.step(key):
            yield from _places((*path, key), inner, _inside(node, inner, key), steps[1:])


def is_there(value: Any) -> bool:
    """Whether a field is filled in: an empty list counts (looked, none), an unknown does not."""
    return value is not None and not is_unknown(value)


def is_unknown(value: Any) -> bool:
    """Whether a field is honestly unknown."""
    return isinstance(value, Unknowable) and value.is_unknown


def unknown_in_time(value: Any, today: datetime.date) -> bool:
    """Whether an honest unknown may still be found out."""
    if not isinstance(value, Unknowable) or not value.is_unknown:
        return False
    return value.find_by is not None and value.find_by >= today


def written(value: Any) -> str | None:
    """A single value as a rule writes it, of a fact its value; None of anything else."""
    if isinstance(value, Fact):
        value = value.value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.16g}"
    return str(value) if isinstance(value, (str, int, datetime.date)) else None


def _is_at_least(value: Any, least: float) -> bool:
    try:
        return float(written(value) or "") >= least
    except ValueError:
        return False
