"""A playbook that uses every field, made by walking the model: what is new is in it by itself.

It is valid in the workspace of `everything_workspace`: each reference points to something there,
days are in order, and numbers and texts are all different, so that each can be traced.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import yaml

from generator.form import FORM
from generator.form.value import ValueLine
from generator.model.fields import Field, Limits
from generator.model.kinds import NUMBERS, Kind
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

# What the walk cannot know: names of entries that references point to, days in order, modes
_FIXED: dict[str, Any] = {
    "schema": 1,
    "relationship.contacts.*.id": IDS["contact"],
    "relationship.contacts.*.reports_to": "second-contact",
    "competition.rivals.*.id": IDS["rival"],
    "objectives.*.id": IDS["objective"],
    "objectives.*.parent": "second-objective",
    "objectives.*.start": datetime.date(2026, 1, 12),
    "service.satisfaction.*.score": 4,
    "service.satisfaction.*.scale": 5,
    "service.cases.*.opened": datetime.date(2026, 8, 3),
    "actions.*.id": IDS["action"],
    "risk.customer.*.id": IDS["risk"],
    "risk.own.*.id": "late-payment",
    "waivers.*.until": datetime.date(2027, 1, 31),
    "overrides.*.until": datetime.date(2027, 1, 31),
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
    data: dict[str, Any] = _Walk(mode, unknowns=unknowns, variant=variant).group(FORM, ())
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
    """Walks the form and makes a value for each field."""

    def __init__(self, mode: Mode, *, unknowns: bool, variant: int) -> None:
        self.mode = mode
        self.unknowns = unknowns
        self.variant = variant
        self.count = 0

    def group(self, of: Field, path: tuple[Step, ...]) -> Any:
        left_out = self._left_out(of)
        if of.is_fact and not self._is_unknown(of) and self._plainly():
            return self.field(of, of.children["value"], path)
        return {
            name: self.field(of, field, (*path, name))
            for name, field in of.children.items()
            if name not in left_out
        }

    def field(self, of: Field, field: Field, path: tuple[Step, ...]) -> Any:
        if field.name == "unknown":
            return True
        if field.name == "find_by":
            return datetime.date(2026, 12, 31)
        return self.value(field, of.pattern if of.is_fact else field.pattern, path)

    def value(self, field: Field, pattern: str, path: tuple[Step, ...]) -> Any:
        if field.is_fact or field.kind is Kind.GROUP:
            return self.group(field, path)
        if (fixed := self._fixed(field, pattern)) is not None:
            return fixed
        if field.kind is Kind.CHOICE:
            return self._word(field)
        if field.kind is Kind.LIST:
            entry = field.children["*"]
            return [self.value(entry, entry.pattern, (*path, 0))]
        if field.kind is Kind.MAPPING:
            key, entry = self._key(field), field.children["*"]
            return {key: self.value(entry, entry.pattern, (*path, key))}
        return self._scalar(field, path)

    def _fixed(self, field: Field, pattern: str) -> Any:
        """What the form gives as an example, or what only this playbook knows."""
        if pattern == "value.mode":
            return self.mode
        if field.kind is Kind.DAY and field.example:
            return datetime.date.fromisoformat(field.example)
        return _FIXED.get(pattern, field.example)

    def _word(self, field: Field) -> str:
        return field.choices[self.variant % len(field.choices)]

    def _key(self, field: Field) -> str:
        key = field.keys_of_entries
        assert key is not None
        if key.points_to:
            return IDS[key.points_to]
        return self._word(key) if key.choices else "salesforce"

    def _scalar(self, field: Field, path: tuple[Step, ...]) -> Any:
        self.count += 1
        where = ".".join(str(step) for step in path)
        if field.kind in NUMBERS:
            number = self._number(field.limits)
            return round(number) if field.is_whole else number
        made: dict[Kind, Callable[[], Any]] = {
            Kind.TRUTH: lambda: self.count % 2 == 0,
            Kind.DAY: lambda: datetime.date(2026, 9, 1) + datetime.timedelta(days=self.count % 60),
            Kind.ID: lambda: self._slug(field),
            Kind.WEB: lambda: f"https://example.com/{self.count}",
            Kind.CURRENCY: lambda: "USD",
        }
        text = f"Text {self.count} of {where}"
        return made[field.kind]() if field.kind in made else text[: field.limits.longest]

    def _slug(self, field: Field) -> str:
        kind = field.points_to or field.defines
        if kind is None and field.name == "owner":
            kind = "person"  # of an honest unknown, wherever it stands
        return IDS[kind] if kind else f"id-{self.count}"

    def _number(self, limits: Limits) -> float:
        low = next(
            (limit for limit in (limits.at_least, limits.more_than) if limit is not None), 0.0
        )
        high = next(
            (limit for limit in (limits.at_most, limits.less_than) if limit is not None), 1e6
        )
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

    def _is_unknown(self, field: Field) -> bool:
        return self.unknowns and field.pattern in UNKNOWNS

    def _left_out(self, of: Field) -> set[str]:
        if of.may_be_unknown:
            if self._is_unknown(of):
                return set(of.children) - _OF_UNKNOWNS
            return _OF_UNKNOWNS
        if of.model is ValueLine:
            return {"score"} if self.mode == "money" else {"amount"}
        return set()


_OF_UNKNOWNS = {"unknown", "owner", "find_by"}


def has_free_keys(pattern: str) -> bool:
    """Whether entries with fields of their own stand at a place, in a list or by a free key."""
    field = FORM.find(pattern)
    return field is not None and field.has_entries
