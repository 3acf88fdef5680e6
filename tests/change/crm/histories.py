"""Export histories: a CRM that lives, and people who write into the playbooks meanwhile."""

from __future__ import annotations

import csv
import datetime
import io
import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

NAMES = (
    "Harbor",
    "Prairie",
    "Quarry",
    "上海港口",
    "北方重工",
    "Яна Трейд",
    "Café Süd",
    "CAFE SUD",
    "☃",
    "Con",
)
PEOPLE = (("Kim", "Lee"), ("KIM-", "LEE"), ("李", "娜"), ("Анна", "Щукина"), ("Birgit", "Holt"), ("Zoé", "Lacroix"))  # fmt: skip
SELLERS = ("Kim Larsen", "Яна", "Анна")
PRODUCTS = ("Crane", "起重机", "Service")
TYPES = ("new", "renewal")
YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Deal:
    """A row of the deals."""

    id: str
    account: str
    product: str
    owner: str
    stage: str
    amount: Decimal
    day: datetime.date
    type: str


@dataclass(frozen=True, kw_only=True)
class Signal:
    """A row of another table: a contract, an answer, a login or a call."""

    kind: str
    account: str
    day: datetime.date
    value: int
    contact: str = ""


SIGNALS = ("contract", "answer", "login", "call")


@dataclass(kw_only=True)
class Crm:
    """What the CRM holds at one time."""

    dice: random.Random
    today: datetime.date
    accounts: dict[str, str] = field(default_factory=dict)
    deals: dict[str, Deal] = field(default_factory=dict)
    contacts: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Account, first and last name by id."""
    cases: dict[str, str] = field(default_factory=dict)
    """Account by id."""
    signals: dict[str, Signal] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    """What the mapping says of mergers."""
    number: int = 0

    def __post_init__(self) -> None:
        """Two accounts are there from the start."""
        for name in NAMES[:2]:
            self.accounts[self.new_id("A")] = name

    def new_id(self, kind: str) -> str:
        self.number += 1
        return f"{kind}{self.number:03}"

    def any_of(self, things: Mapping[str, object] | Sequence[str]) -> str:
        return self.dice.choice(sorted(things))

    def amount(self) -> Decimal:
        return Decimal(self.dice.randrange(100, 9_000_000)) / 100

    def day(self) -> datetime.date:
        """Up to two years back."""
        return self.today - datetime.timedelta(days=self.dice.randrange(730))

    def create(self) -> None:
        """A row of any kind."""
        kinds = ("account", "deal", "deal", "deal", "contact", "case", "signal", "signal")
        kind = self.dice.choice(kinds)
        if kind == "account":
            self.accounts[self.new_id("A")] = self.dice.choice(NAMES)
        elif kind == "deal":
            id_ = self.new_id("D")
            self.deals[id_] = Deal(
                id=id_,
                account=self.any_of(self.accounts),
                product=self.dice.choice(PRODUCTS),
                owner=self.dice.choice(SELLERS),
                stage=self.dice.choice(("won", "open", "lost")),
                amount=self.amount(),
                day=self.day(),
                type=self.dice.choice(TYPES),
            )
        elif kind == "contact":
            self.contacts[self.new_id("C")] = (
                self.any_of(self.accounts),
                *self.dice.choice(PEOPLE),
            )
        elif kind == "signal":
            self.signals[self.new_id("G")] = Signal(
                kind=self.dice.choice(SIGNALS),
                account=self.any_of(self.accounts),
                day=self.day(),
                value=self.dice.randrange(11),
                contact=self.any_of(self.contacts) if self.contacts else "",
            )
        else:
            self.cases[self.new_id("S")] = self.any_of(self.accounts)

    def change_signal(self, **values: object) -> None:
        """A row of another table has other values."""
        if self.signals:
            id_ = self.any_of(self.signals)
            self.signals[id_] = replace(self.signals[id_], **values)  # type: ignore[arg-type]

    def change(self, **values: object) -> None:
        """A deal has other values."""
        if self.deals:
            id_ = self.any_of(self.deals)
            self.deals[id_] = replace(self.deals[id_], **values)  # type: ignore[arg-type]

    def win(self) -> None:
        self.change(stage="won", day=self.day())

    def lose(self) -> None:
        self.change(stage="lost", day=self.day())

    def re_date(self) -> None:
        self.change(day=self.day())
        self.change_signal(day=self.day())

    def correct(self) -> None:
        self.change(amount=self.amount(), product=self.dice.choice(PRODUCTS))
        self.change_signal(value=self.dice.randrange(11), kind=self.dice.choice(SIGNALS))

    def move(self) -> None:
        """A deal, a contact or a case belongs to another account."""
        self.change(account=self.any_of(self.accounts))
        self.change_signal(account=self.any_of(self.accounts))
        if self.contacts:
            id_ = self.any_of(self.contacts)
            self.contacts[id_] = (self.any_of(self.accounts), *self.contacts[id_][1:])
        if self.cases:
            self.cases[self.any_of(self.cases)] = self.any_of(self.accounts)

    def credit(self) -> None:
        """A credit note over a part of what was won in a year."""
        won = [deal for deal in self.deals.values() if deal.stage == "won" and deal.amount > 0]
        if won:
            deal = self.dice.choice(won)
            id_ = self.new_id("D")
            self.deals[id_] = replace(
                deal, id=id_, amount=-(deal.amount / 4).quantize(Decimal("0.01"))
            )

    def rename(self) -> None:
        """An account or a contact is called otherwise."""
        self.accounts[self.any_of(self.accounts)] = self.dice.choice(NAMES)
        if self.contacts:
            id_ = self.any_of(self.contacts)
            self.contacts[id_] = (self.contacts[id_][0], *self.dice.choice(PEOPLE))

    def merge(self) -> None:
        """One account goes on in another; the mapping says so or not."""
        if len(self.accounts) < 3:
            return
        old, new = self.dice.sample(sorted(self.accounts), 2)
        del self.accounts[old]
        self._hand_over(old, new)
        if self.dice.random() < 0.5:
            self.merged[old] = new

    def _hand_over(self, old: str, new: str) -> None:
        for id_, deal in self.deals.items():
            if deal.account == old:
                self.deals[id_] = replace(deal, account=new)
        for id_, (account, *name) in self.contacts.items():
            if account == old:
                self.contacts[id_] = (new, *name)  # type: ignore[assignment]
        for id_, account in self.cases.items():
            if account == old:
                self.cases[id_] = new
        for id_, signal in self.signals.items():
            if signal.account == old:
                self.signals[id_] = replace(signal, account=new)

    def delete(self) -> None:
        """A row, or an account with all that it has."""
        tables = (self.deals, self.contacts, self.cases, self.signals, self.accounts)
        rows = self.dice.choice(tables)
        if not rows or (rows is self.accounts and len(rows) < 3):
            return
        id_ = self.any_of(rows)
        del rows[id_]
        if rows is self.accounts:
            self.deals = {key: deal for key, deal in self.deals.items() if deal.account != id_}
            self.contacts = {key: who for key, who in self.contacts.items() if who[0] != id_}
            self.cases = {key: account for key, account in self.cases.items() if account != id_}
            self.signals = {key: one for key, one in self.signals.items() if one.account != id_}

    def live(self) -> None:
        """Some weeks."""
        self.today += datetime.timedelta(days=self.dice.randrange(1, 60))
        events: tuple[Callable[[], None], ...] = (
            *(self.create,) * 4, self.win, self.lose, self.re_date, self.correct, self.move,
            self.credit, self.rename, self.merge, self.delete,
        )  # fmt: skip
        for _ in range(self.dice.randrange(2, 12)):
            self.dice.choice(events)()
        self._keep_years_above_zero()

    def _keep_years_above_zero(self) -> None:
        """No account has a year of more credit than sales: a playbook's revenue is no debt."""
        sums = self.revenue_by_account()
        for deal in [deal for deal in self.deals.values() if deal.amount < 0]:
            if sums.get((deal.account, deal.day.year), Decimal(0)) < 0 or deal.stage == "open":
                del self.deals[deal.id]

    def revenue_by_account(self) -> dict[tuple[str, int], Decimal]:
        sums: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
        for deal in self.deals.values():
            if deal.stage == "won":
                sums[deal.account, deal.day.year] += deal.amount
        return sums

    def boss_of(self, contact: str) -> str:
        """Whom a contact reports to: the first of the same account, who has nobody above."""
        account = self.contacts[contact][0]
        first = min(id_ for id_, (of, *_) in self.contacts.items() if of == account)
        return "" if first == contact else first

    def write(self, folder: Path) -> None:
        """The export, in an order of its own."""
        deals: list[tuple[str, ...]] = [
            (d.id, d.account, d.product, d.owner, d.stage, str(d.amount), "EUR", str(d.day), d.type)
            for d in self.deals.values()
        ]
        tables: dict[str, tuple[str, list[tuple[str, ...]]]] = {
            "accounts": (
                "id,name,industry",
                [(id_, name, name) for id_, name in self.accounts.items()],
            ),
            "deals": ("id,account,product,owner,stage,amount,currency,day,type", deals),
            "contacts": (
                "id,account,first,last,title,boss",
                [(id_, *who, "", self.boss_of(id_)) for id_, who in self.contacts.items()],
            ),
            "cases": (
                "id,account,opened,severity",
                [(id_, account, "2025-01-01", "") for id_, account in self.cases.items()],
            ),
        }
        for kind in SIGNALS:
            tables[kind] = (
                "id,account,day,end,value,contact",
                [
                    (
                        id_,
                        one.account,
                        str(one.day),
                        str(one.day + YEAR),
                        str(one.value),
                        one.contact,
                    )
                    for id_, one in self.signals.items()
                    if one.kind == kind
                ],
            )
        for name, (head, rows) in tables.items():
            text = io.StringIO()
            csv.writer(text).writerows([head.split(","), *self.dice.sample(rows, len(rows))])
            (folder / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8")


def edit(dice: random.Random, text: str, number: int) -> tuple[str, str]:
    """The text with something that a person writes, and the words that must stay from now on."""
    if (contact := re.search(r"\{id: ([a-z0-9-]+), name", text)) and dice.random() < 0.2:
        visit = f"next: {{date: 2030-01-01, what: Visit, with: [{contact[1]}]}}"
        once = "\n  next:" not in text
        return (text.replace("account:\n", f"account:\n  {visit}\n"), visit) if once else (text, "")
    before, words, after = dice.choice(_edits(number))
    if not re.search(before, text) or words in text:
        return text, ""
    return re.sub(before, lambda match: match[0].replace(*after), text, count=1), words


def _edits(number: int) -> Sequence[tuple[str, str, tuple[str, str]]]:
    """Where a person writes, which words, and what takes the place of what."""
    note, word = f"# note {number}", f"Word {number}"
    deal, price = f"- {{id: own-{number}, amount: 5, stage: a talk}}", f"price: {number}.25"
    origin = "origin: referral, crm: D"
    return (
        (r"schema: 1\n", note, ("\n", f"\n{note}\n")),
        (r"\n    - \{year: [^\n]*\}\n", note, ("}\n", f"}}  {note}\n")),
        (r"\nopportunities:\n", deal, (":\n", f":\n  {deal}\n")),
        (r"  From the CRM.\n", word, ("From the CRM.", word)),
        (
            r"account:\n(?!(?:  .*\n)*  aliases)",
            f"aliases: [{word}]",
            ("\n", f"\n  aliases: [{word}]\n"),
        ),
        (r"economics:\n(?!  price)", price, ("\n", f"\n  {price}\n")),
        (r", crm: D[0-9]+", origin, ("crm: D", origin)),
    )
