"""A playbook that uses every field, made by walking the model: what is new is in it by itself.

It is valid in the workspace of `everything_workspace`: each reference points to something there,
days are in order, and numbers and texts are all different, so that each can be traced.
"""

from __future__ import annotations

import datetime
import types
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union

import annotated_types
import yaml
from pydantic import BaseModel, BeforeValidator

from generator.model import Playbook
from generator.model.account import Answer
from generator.model.base import Fact
from generator.model.value import ValueLine
from generator.validate.references import REFERENCES
from tests.workspace import make_workspace

TODAY = datetime.date(2026, 11, 23)
ACCOUNT = "everything"
PARENT = "everything-group"

# What a reference of each kind points to
IDS = {
    "industry": "logistics",
    "region": "emea",
    "use": "retrofit",
    "account": PARENT,
    "person": "kim-larsen",
    "contact": "birgit-holt",
    "channel": "meeting",
    "dimension": "organisation",
    "element": "information",
    "reference-use": "site-visit",
    "offering": "drives",
    "activity": "visit",
    "recognition": "thank-you-letter",
    "rival": "north-drives",
    "objective": "fewer-stops",
    "action": "call-them",
    "risk": "late-delivery",
    "rule": "promise-broken",
}
_KIND_AT = dict(REFERENCES)

# What the walk cannot know: names of entries that references point to, days in order, modes
_FIXED: dict[str, Any] = {
    "schema": 1,
    "economics.currency": "EUR",
    "relationship.contacts.*.id": IDS["contact"],
    "relationship.contacts.*.reports_to": "second-contact",
    "competition.rivals.*.id": IDS["rival"],
    "objectives.*.id": IDS["objective"],
    "objectives.*.parent": "second-objective",
    "actions.*.id": IDS["action"],
    "risk.customer.*.id": IDS["risk"],
    "risk.own.*.id": "late-payment",
    "account.contract.start": datetime.date(2024, 4, 1),
    "account.contract.notice_by": datetime.date(2026, 12, 31),
    "account.contract.end": datetime.date(2027, 3, 31),
    "account.reviewed": datetime.date(2026, 10, 1),
    "buying.tender.opens": datetime.date(2026, 12, 1),
    "buying.tender.closes": datetime.date(2027, 1, 10),
    "buying.tender.award": datetime.date(2027, 2, 1),
    "economics.revenue.*.year": 2026,
    "economics.revenue.*.to": datetime.date(2026, 10, 31),
    "waivers.*.until": datetime.date(2027, 1, 31),
    "overrides.*.until": datetime.date(2027, 1, 31),
    "overrides.*.figure": "value.total_value",
    # What compliance asks for
    "relationship.personal_data.review_by": datetime.date(2027, 9, 4),
    "relationship.contacts.*.review_by": datetime.date(2027, 9, 8),
    "relationship.contacts.*.public_official": "none",
    "economics.discounts.*.payee": "Text 3 of account.name",  # the account's own name
    "value.return.courtesies.*.amount": 40,
    "value.return.courtesies.*.date": datetime.date(2025, 12, 20),
    "value.return.courtesies.*.approved_by": "li-wei",
}
_SECOND = {
    ("relationship", "contacts"): {
        "id": "second-contact",
        "name": "Second Contact",
        "public_official": "none",
    },
    ("objectives",): {"id": "second-objective", "statement": "Second objective"},
}
# One fact of each class that is honestly unknown in the playbook with unknowns
UNKNOWNS = (
    "risk.credit.limit",
    "risk.credit.cost_of_capital",
    "risk.credit.days_late",
    "service.objects.*.delivered",
    "economics.development.months",
    "economics.control.planned_contribution",
    "qualification.trend",
)

Mode = Literal["money", "score"]
Step = str | int


def everything_playbook(
    mode: Mode = "money", *, unknowns: bool = False, variant: int = 0
) -> dict[str, Any]:
    """Plain data with every field of the model.

    An amount excludes a score and a value excludes 'unknown': `mode` and `unknowns` choose.
    `variant` chooses the word of each closed list (modulo its length) and the spelling of facts.
    """
    data: dict[str, Any] = _Walk(mode, unknowns=unknowns, variant=variant).model(Playbook, ())
    for path, entry in _SECOND.items():
        section: Any = data
        for step in path:
            section = section[step]
        section.append(dict(entry))
    return data


def everything_text(mode: Mode = "money", *, unknowns: bool = False, variant: int = 0) -> str:
    """The same as the text of a file."""
    return as_yaml(everything_playbook(mode, unknowns=unknowns, variant=variant))


def as_yaml(data: Any) -> str:
    """Plain data as the text of a file, keys in their order."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def everything_workspace(folder: Path, text: str | None = None) -> Path:
    """A workspace with the playbook (or another text in its place) and the one it points to."""
    group = "schema: 1\naccount: {name: Everything Group, status: former}\nsummary: The parent.\n"
    return make_workspace(
        folder,
        {
            f"playbooks/{ACCOUNT}.yaml": text or everything_text(),
            f"playbooks/{PARENT}.yaml": group,
        },
    )


class _Dumper(yaml.SafeDumper):
    """Writes a value that stands twice twice, not as an alias."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


class _Walk:
    """Walks the model and makes a value for each field."""

    def __init__(self, mode: Mode, *, unknowns: bool, variant: int) -> None:
        self.mode = mode
        self.unknowns = unknowns
        self.variant = variant
        self.count = 0

    def model(self, model: type[BaseModel], path: tuple[Step, ...]) -> Any:
        left_out = self._left_out(model, path)
        if issubclass(model, Fact) and not self._is_unknown(path) and self._plainly():
            return self.field(model, "value", path)
        return {
            field.alias or name: self.field(model, name, (*path, field.alias or name))
            for name, field in model.model_fields.items()
            if name not in left_out
        }

    def field(self, model: type[BaseModel], name: str, path: tuple[Step, ...]) -> Any:
        field = model.model_fields[name]
        if name == "unknown":
            return True
        if name == "find_by":
            return datetime.date(2026, 12, 31)
        if model is ValueLine and name == "amount":
            return self._number([annotated_types.Ge(0), annotated_types.Le(1e15)])
        return self.value(field.annotation, list(field.metadata), path)

    def value(self, kind: Any, notes: list[Any], path: tuple[Step, ...]) -> Any:
        pattern = _pattern(path)
        if pattern in _FIXED or pattern == "value.mode":
            return _FIXED.get(pattern, self.mode)
        kind, notes = _bare(kind, notes)
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if origin is Literal:
            return inner[self.variant % len(inner)]
        if origin is tuple:
            return [self.value(inner[0], [], (*path, 0))]
        if origin is dict:
            key = self._key(inner[0], pattern)
            return {key: self.value(inner[1], [], (*path, key))}
        is_model = isinstance(kind, type) and issubclass(kind, BaseModel)
        return self.model(kind, path) if is_model else self._scalar(notes, path)

    def _key(self, kind: Any, pattern: str) -> str:
        if reference := _KIND_AT.get(f"{pattern}.#"):
            return IDS[reference]
        kind, _ = _bare(kind, [])
        words = typing.get_args(kind) if typing.get_origin(kind) is Literal else ("salesforce",)
        return str(words[self.variant % len(words)])

    def _scalar(self, notes: list[Any], path: tuple[Step, ...]) -> Any:
        self.count += 1
        reader = next(
            (one.func.__name__ for one in notes if isinstance(one, BeforeValidator)), "_text"
        )
        pattern = _pattern(path)
        where = ".".join(str(step) for step in path)
        made: dict[str, Callable[[], Any]] = {
            "_number": lambda: self._number(notes),
            "_money": lambda: self._number(notes),
            "_whole": lambda: round(self._number(notes)),
            "_truth": lambda: self.count % 2 == 0,
            "_day": lambda: datetime.date(2026, 9, 1) + datetime.timedelta(days=self.count % 60),
            "_slug": lambda: self._slug(pattern),
            "_web": lambda: f"https://example.com/{self.count}",
            "_code": lambda: "USD",
            "_text": lambda: f"Text {self.count} of {where}"[: _longest(notes)],
        }
        return made[reader]()

    def _slug(self, pattern: str) -> str:
        kind = _KIND_AT.get(pattern) or _KIND_AT.get(f"{pattern}.id")
        if kind is None and pattern.endswith(".owner"):
            kind = "person"  # of an honest unknown, wherever it stands
        return IDS[kind] if kind else f"id-{self.count}"

    def _number(self, notes: list[Any]) -> float:
        low, high = _bounds(notes)
        self.count += 1
        if high > 10_000:
            return 1_000 + self.count
        part = (self.count % 89 + 5) / 100
        number = round(low + (high - low) * part, 4)
        return number if high <= 1 else float(round(number))

    def _plainly(self) -> bool:
        """Facts are written plain and with evidence in turn."""
        self.count += 1
        return (self.count + self.variant) % 2 == 0

    def _is_unknown(self, path: tuple[Step, ...]) -> bool:
        return self.unknowns and _pattern(path) in UNKNOWNS

    def _left_out(self, model: type[BaseModel], path: tuple[Step, ...]) -> set[str]:
        if issubclass(model, Fact | Answer):
            if self._is_unknown(path):
                return set(model.model_fields) - {"unknown", "owner", "find_by"}
            return {"unknown", "owner", "find_by"}
        if issubclass(model, ValueLine):
            return {"score"} if self.mode == "money" else {"amount"}
        return set()


def _pattern(path: tuple[Step, ...]) -> str:
    """A path as references write it: '*' for an entry of a list or of a mapping of ids."""
    steps = ["*" if isinstance(step, int) or step in _OWN_KEYS else step for step in path]
    return ".".join(steps)


_OWN_KEYS = {IDS["offering"], "salesforce", *(f"{letter}{n}" for letter in "RSVK" for n in "1234")}


def _bare(kind: Any, notes: list[Any]) -> tuple[Any, list[Any]]:
    """A type without 'or None' and annotations, and all that the annotations said."""
    while True:
        if typing.get_origin(kind) is Annotated:
            notes = [*notes, *_flat(kind.__metadata__)]
            kind = kind.__origin__
        elif typing.get_origin(kind) in (Union, types.UnionType):
            (kind,) = (one for one in typing.get_args(kind) if one is not type(None))
        else:
            return kind, notes


def _flat(notes: tuple[Any, ...]) -> Iterator[Any]:
    """Notes of an annotation; those that pydantic wraps in a field info one by one."""
    for one in notes:
        yield from getattr(one, "metadata", None) or (one,)


def _bounds(notes: list[Any]) -> tuple[float, float]:
    low, high = 0.0, 1e6
    for one in notes:
        if isinstance(one, annotated_types.Ge | annotated_types.Gt):
            low = float(getattr(one, "ge", getattr(one, "gt", 0)))
        if isinstance(one, annotated_types.Le | annotated_types.Lt):
            high = float(getattr(one, "le", getattr(one, "lt", 0)))
    return low, high


def _longest(notes: list[Any]) -> int:
    return min(
        (one.max_length for one in notes if isinstance(one, annotated_types.MaxLen)), default=500
    )
