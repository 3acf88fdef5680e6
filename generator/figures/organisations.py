"""Accounts and organisations as others see them: links between them, references to show."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.form.relationship import RUNGS
from generator.rules.validate import Plan


@dataclass(frozen=True, slots=True)
class LinkMention:
    """A link of some playbook."""

    account: str
    """The id of the account whose playbook has it."""
    index: int
    """Its place in that playbook's relationship.links."""
    to: str
    """The key of whom it names."""


@dataclass(slots=True, kw_only=True)
class Organisation:
    """An account or somebody around one."""

    name: str
    near: dict[str, LinkMention] = field(default_factory=dict)
    """By key those it is close to, whoever wrote it down, and the first link that says so."""
    reached: LinkMention | None = None
    """The first link that says we are in touch with it."""


class Organisations:
    """The organisations that accounts and links name, each once."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        """Reads each link once. An id comes before a name that is written the same."""
        self._known: dict[str, Organisation] = {}
        self._keys: dict[str, str] = {}
        """By folded id or name the key of the organisation."""
        for plan in plans:
            self._keys[folded(plan.id)] = plan.id
            self._known[plan.id] = Organisation(name=plan.name)
        for plan in plans:
            self._keys.setdefault(folded(plan.name), plan.id)
        for plan in plans:
            section = plan.playbook.relationship if plan.playbook else None
            for index, link in enumerate((section.links if section else None) or ()):
                mention = LinkMention(plan.id, index, self._key(link.to))
                self._add(mention, is_reached=bool(link.reached))

    def _add(self, mention: LinkMention, *, is_reached: bool) -> None:
        here, there = mention.account, mention.to
        if here == there:
            return
        self._known[here].near.setdefault(there, mention)
        self._known[there].near.setdefault(here, mention)
        if is_reached and self._known[there].reached is None:
            self._known[there].reached = mention

    def _key(self, name: str) -> str:
        """The key of an organisation, which is new when nobody has named it before."""
        same = folded(name)
        key = self._keys.get(same)
        if key is None:
            # A space keeps it apart from ids of accounts
            key = self._keys[same] = f" {same}"
            self._known[key] = Organisation(name=name)
        return key

    def __getitem__(self, key: str) -> Organisation:
        """An organisation by its key, which is an account's id."""
        return self._known[key]


def folded(name: str) -> str:
    """A name without what people write now so, now so: case, width, spaces."""
    whole = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", whole).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What matching needs to know of a possible reference customer."""

    id: str
    name: str
    path: str
    """Its file."""
    consent_line: int
    rung: str | None
    consent_until: datetime.date | None
    industry: str | None
    size: str | None
    region: str | None
    uses: tuple[str, ...] | None

    def is_usable(self, today: datetime.date, lowest_rung: str) -> bool:
        """Whether it may be shown today: consent in force, and high enough on the ladder."""
        return (
            self.consent_until is not None
            and self.consent_until >= today
            and self.rung is not None
            and RUNGS.index(self.rung) >= RUNGS.index(lowest_rung)
        )
