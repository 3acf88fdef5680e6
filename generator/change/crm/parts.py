"""The parts of a mapping: which table becomes accounts, deals, contacts, contracts and so on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import BeforeValidator, Field

from generator.change.crm.columns import (
    AccountColumn,
    AmountColumn,
    IdColumn,
    MappedColumn,
    NameColumns,
    ShareColumn,
    SizeBands,
    WantedCells,
)
from generator.form.economics import OutcomeKind
from generator.form.relationship import BuyingRole, Level
from generator.model.base import Strict, about, needed
from generator.model.scalars import Days, Line, MonthSpan, Severity, Slug, Truth

Period = Literal["month", "quarter", "year"]
Who = Literal["us", "them"]
PartKind = TypeVar("PartKind")
Several = Annotated[
    tuple[PartKind, ...],
    BeforeValidator(lambda given: [given] if isinstance(given, dict) else given),
    Field(min_length=1),
]
"""One part, or a list of them: one for each table."""


class NamedColumn(NamedTuple):
    """A heading that a mapping names, and where it does."""

    table: str
    heading: str
    path: tuple[str | int, ...]


class PartMapping(Strict):
    """Rows of one table that become one kind of thing."""

    table: Slug = needed("Which table.")
    where: dict[Line, WantedCells] | None = about(
        "Only rows that hold these words, by heading; the others are left out and counted."
    )

    def named_columns(self) -> Iterator[NamedColumn]:
        """Every heading that is named, with its place within the part."""
        for field in type(self).model_fields:
            for heading in getattr(getattr(self, field), "headings", ()):
                yield NamedColumn(self.table, heading, (field,))
        for heading in self.where or ():
            yield NamedColumn(self.table, heading, ("where", heading))

    def row_name(self, line: int) -> str:
        """What a row is called that has no id."""
        return f"{self.table}:{line}"

    def wants(self, cells: Mapping[str, str]) -> str | None:
        """The first heading by which a row is left out; None for a row that is wanted."""
        for heading, wanted in (self.where or {}).items():
            if not wanted.has(cells.get(heading, "")):
                return heading
        return None


class AccountsMapping(PartMapping):
    """Rows that become accounts."""

    id: MappedColumn | None = about("Its id in the CRM; other tables name it. Default: name.")
    name: MappedColumn = needed("The name.")
    industry: MappedColumn | None = about("Becomes an id of the catalogue.")
    region: MappedColumn | None = about("Becomes an id of the catalogue.")
    size: SizeBands | None = about("Becomes a size of the catalogue.")
    parent: MappedColumn | None = about("The name or id of the group it belongs to.")
    status: MappedColumn | None = about(
        "prospect, customer or former. Default: by deals and contracts."
    )
    owner: MappedColumn | None = about("Who of us answers for it. Default: who won most.")
    website: MappedColumn | None = about("Its website.")
    repeats: Truth | None = about("true: many rows name one account; the first of them counts.")


class ProductsMapping(PartMapping):
    """Rows that become offerings of the catalogue."""

    name: MappedColumn = needed("The name; opportunities are joined on it.")
    price: MappedColumn = needed("List price; open opportunities are counted with it.")


class PeopleMapping(PartMapping):
    """Rows that become people of the team."""

    id: MappedColumn | None = about("The id that other tables name them by. Default: name.")
    name: MappedColumn = needed("The name.")
    manager: MappedColumn | None = about("The name of their manager.")


class Stages(Strict):
    """What the words of the stage column mean."""

    won: tuple[Line, ...] = about("Closed and won.", default=())
    lost: tuple[Line, ...] = about("Closed and lost.", default=())
    open: tuple[Line, ...] = about("Not closed.", default=())

    def state_of(self, stage: str) -> str:
        """won, lost or open; '' for a word that none of them has."""
        states = {"won": self.won, "lost": self.lost, "open": self.open}
        return next((state for state, words in states.items() if stage in words), "")


class Ends(Strict):
    """What the end of a deal means for the account; what is not named tells nothing."""

    won: OutcomeKind | None = about("won, renewed or expanded.")
    lost: OutcomeKind | None = about("lost or shrunk: churn.")


def _as_here(names: Mapping[str, str]) -> dict[str, str]:
    """What to say of the names that plans and exports have for a key of a mapping."""
    return {name: f"a mapping calls it '{here}'" for name, here in names.items()}


_ACCOUNT = "Whose it is: the account's id, or its name where accounts have no id."


class OpportunitiesMapping(PartMapping):
    """Rows that become revenue by year, open opportunities, offerings and win probability."""

    KEPT_ELSEWHERE = _as_here(
        {"offering": "product", "owner": "person", "value": "amount", "customer": "account"}
    )

    id: IdColumn | None = about(
        "Its id. Without one each row counts, and none may be open: a deal is found by its id."
    )
    account: AccountColumn = needed(_ACCOUNT)
    product: MappedColumn | None = about("The product's name.")
    person: MappedColumn | None = about("Who works on it; the one who won most owns the account.")
    stage: MappedColumn | None = about(
        "The stage. Default: every row is won, as orders and bills are."
    )
    stages: Stages | None = about("What its words mean.")
    amount: AmountColumn = needed("What a closed one was worth.")
    currency: MappedColumn | None = about(
        "Its currency; rows in another one than ours are left out."
    )
    closed_on: MappedColumn = needed("When it was closed; of an open one, when it should be.")
    probability: ShareColumn | None = about("The chance to win an open one.")
    type: MappedColumn | None = about("What kind of deal; `outcomes` says what its end means.")
    reason: MappedColumn | None = about("Why it was won or lost.")
    outcomes: dict[Line, Ends] | None = about("By type: what winning and losing one means.")


class ContactsMapping(PartMapping):
    """Rows that become contacts; e-mail and phone stay in the CRM."""

    id: MappedColumn | None = about("Its id in the CRM; `reports_to` names it.")
    account: AccountColumn = needed(_ACCOUNT)
    name: NameColumns = needed("The name, of one column or several.")
    title: MappedColumn | None = about("Job title.")
    level: MappedColumn | None = about("How high; `levels` says what its words mean.")
    levels: dict[Line, Level] | None = about("Words of that column: company, handler, related.")
    roles: MappedColumn | None = about("Roles in buying, apart by semicolons.")
    role_words: dict[Line, BuyingRole] | None = about("Words of that column by our roles.")
    reports_to: MappedColumn | None = about("The id of the contact they report to.")
    owner: MappedColumn | None = about("Who of us keeps this contact.")
    lawful_basis: Line | None = about("Why we may keep the data; written with new contacts.")
    review_days: Days | None = about("After how many days we look whether we still may.")


class CasesMapping(PartMapping):
    """Rows that become complaints and requests under service."""

    id: IdColumn = needed("Its number.")
    account: AccountColumn = needed(_ACCOUNT)
    opened: MappedColumn | None = about("When it came.")
    due: MappedColumn | None = about("When it should be closed.")
    closed: MappedColumn | None = about("When it was closed.")
    severity: MappedColumn | None = about("How bad; `severities` says what its words mean.")
    severities: dict[Line, Severity] | None = about("Words of that column: 1 worst to 4.")
    months: MonthSpan | None = about("Only open ones, and those closed within so many months.")


class ContractsMapping(PartMapping):
    """Rows that become the contract: contracts and subscriptions, one or more of an account."""

    id: IdColumn = needed("Its number; it stands as the contract's reference.")
    account: AccountColumn = needed(_ACCOUNT)
    start: MappedColumn = needed("Its first day.")
    end: MappedColumn | None = about("Its last day. Empty: it has no end.")
    value: AmountColumn | None = about("What it is worth.")
    per: Literal["month", "quarter", "year", "term"] = about(
        "For how long its value counts; term: from its first day to its last. Default: year.",
        default="year",
    )
    currency: MappedColumn | None = about(
        "Its currency; rows in another one than ours are left out."
    )
    renews: MappedColumn | None = about("Whether it renews when nobody gives notice.")
    renews_when: tuple[Line, ...] = about(
        "Words of that column that say so.", default=("true", "yes", "y", "1", "auto", "是")
    )
    notice_by: MappedColumn | None = about("The last day to give notice.")
    notice_days: Days | None = about("Notice so many days before its end, where no column says it.")

    @property
    def notice(self) -> object:
        """Whether anything tells by when notice is to be given."""
        return self.notice_by or self.notice_days


class OutcomesMapping(PartMapping):
    """Rows that become outcomes: customers or contracts lost, grown, shrunk, renewed."""

    id: IdColumn | None = about("Its id.")
    account: AccountColumn = needed(_ACCOUNT)
    date: MappedColumn = needed("When.")
    kind: MappedColumn | None = about(
        "What happened; `kinds` says what its words mean. Default: lost."
    )
    kinds: dict[Line, OutcomeKind] | None = about("Words of that column by our kinds.")
    amount: AmountColumn | None = about("For how much.")
    reason: MappedColumn | None = about("Why.")


class SatisfactionMapping(PartMapping):
    """Rows that become satisfaction under service: one answer each."""

    id: IdColumn | None = about("Its id.")
    account: AccountColumn = needed(_ACCOUNT)
    date: MappedColumn = needed("When they said so.")
    score: MappedColumn = needed("The score; of several on one day the mean.")
    scale: MappedColumn = needed("The top of its scale, mostly {constant: 10}.")
    months: MonthSpan | None = about("Only those within so many months.")


class UsageMapping(PartMapping):
    """Rows that become usage: how much they used, period by period."""

    account: AccountColumn = needed(_ACCOUNT)
    metric: MappedColumn = needed("What is counted, mostly {constant: orders}.")
    date: MappedColumn = needed("The day, or one within the period.")
    value: MappedColumn | None = about("How many. Default: rows are counted.")
    of: MappedColumn | None = about(
        "Of how many. With it the last one of a period counts, else their sum."
    )
    each: Period = about("The period; one that is not over is left out.", default="month")
    months: MonthSpan | None = about("Only those within so many months.")


class InteractionsMapping(PartMapping):
    """Rows that become talks: calls, meetings and mails; one for each day and channel."""

    id: IdColumn = needed("Its id.")
    account: AccountColumn = needed(_ACCOUNT)
    date: MappedColumn = needed("When.")
    contact: MappedColumn | None = about("The contact's id.")
    by: MappedColumn | None = about("Who of us.")
    channel: MappedColumn | None = about("How; `channels` says what its words mean.")
    channels: dict[Line, Slug] | None = about("Words of that column by the catalogue's channels.")
    initiated_by: MappedColumn | None = about("Who began it; `initiators` says what words mean.")
    initiators: dict[Line, Who] | None = about("Words of that column: us or them.")
    note: MappedColumn | None = about("What it was about.")
    months: MonthSpan | None = about("Only those within so many months.")


PARTS: dict[str, type[PartMapping]] = {
    "accounts": AccountsMapping,
    "products": ProductsMapping,
    "people": PeopleMapping,
    "opportunities": OpportunitiesMapping,
    "contacts": ContactsMapping,
    "cases": CasesMapping,
    "contracts": ContractsMapping,
    "outcomes": OutcomesMapping,
    "satisfaction": SatisfactionMapping,
    "usage": UsageMapping,
    "interactions": InteractionsMapping,
}
"""The parts of a mapping, by their key."""


def needed_in(part: type[Strict]) -> tuple[str, ...]:
    """The keys that a part of a mapping cannot do without."""
    return tuple(key for key, field in part.model_fields.items() if field.is_required())


def listed(value: Any) -> tuple[Any, ...]:
    """A part or several of them, as several."""
    return value if isinstance(value, tuple) else (() if value is None else (value,))
