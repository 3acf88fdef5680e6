"""Which table of an export is what, and which of its columns: by headings and by the cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

from generator.change.crm.cells import amount_of, day_of
from generator.change.crm.columns import TableFile
from generator.change.crm.parts import PARTS, needed_in
from generator.change.crm.tables import ExportTable

Words = Mapping[str, Any]
_SAMPLE = 400  # different cells of a column that are looked at
_MOST = 0.9  # the share of them that must be days, numbers or accounts
_FEW = 60  # kinds of product that a catalogue holds without being a list of articles
_NAMED_LIKE_IT = 3  # what a file's name weighs against a column
_SURE = 4  # what words that only deals have weigh
DAYS = frozenset(
    {"closed_on", "expected_on", "opened", "due", "closed", "start", "end", "date", "notice_by"}
)
"""Fields whose cells are days."""
_NUMBERS = frozenset({"amount", "price", "value", "score", "scale", "of", "size", "probability"})
# Of one account: a part that has no such column is none of it
_OF_ACCOUNTS = frozenset(name for name, part in PARTS.items() if "account" in part.model_fields)
NEEDED = {
    name: tuple(key for key in needed_in(part) if key not in ("table", "stages", "metric", "scale"))
    for name, part in PARTS.items()
}
"""The columns that a part cannot do without; without one it is left out."""


@dataclass(frozen=True, kw_only=True)
class Guessed:
    """One table of the export and how to read it."""

    table: ExportTable
    file: TableFile

    @cached_property
    def cells(self) -> Mapping[str, Sequence[str]]:
        """What stands in each column, row by row, without what is empty; headings stand once."""
        alone = [one for one in self.table.columns if one and self.table.columns.count(one) == 1]
        return {
            heading: [text for row in self.table.rows if (text := row.cells.get(heading, ""))]
            for heading in alone
        }

    @cached_property
    def kinds(self) -> Mapping[str, Sequence[str]]:
        """What stands in each column, each once."""
        return {heading: list(dict.fromkeys(cells)) for heading, cells in self.cells.items()}

    @property
    def label(self) -> str:
        """The file, and of a workbook its sheet."""
        return self.table.label


@cache
def plain(text: str) -> str:
    """A heading or word without case, spaces and signs, and without the __c of own fields."""
    return re.sub(r"[\W_]+", "", re.sub(r"__c$", "", text.casefold()))


def spelling_of(cells: Sequence[str], spellings: Sequence[str]) -> tuple[str, ...]:
    """The spellings that read every day; none where none does."""
    return tuple(
        spelling
        for spelling in spellings
        if cells and all(day_of(day, (spelling,)) for day in cells)
    )


def point_of(cells: Sequence[str]) -> str:
    """The decimal sign with which most amounts can be read."""
    read = {
        point: sum(amount_of(text, point) is not None for text in cells) for point in (".", ",")
    }
    return "," if read[","] > read["."] else "."


def has_word(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words stands in a text."""
    return any(word in text.casefold() for word in words)


def state_of(stage: str, words: Words) -> str:
    """Won or lost by the words of a stage, else open; 'unpaid' and 未成交 are open."""
    if re.match(r"un(?=paid|sign|deliver|complet)|not |未", stage.casefold()):
        return "open"
    return next((end for end in ("won", "lost") if has_word(stage, words[end])), "open")


@dataclass(frozen=True, kw_only=True)
class Role:
    """A table as one part of a mapping, and the columns that were found."""

    name: str
    guessed: Guessed
    columns: Mapping[str, str]
    matches: str | None = None
    """The heading of the accounts' table that `account` holds values of, if it is not the id."""
    table_name: str = ""
    """What the mapping calls the table."""


@dataclass(frozen=True, kw_only=True)
class Roles:
    """The parts of a mapping, and why other tables are none."""

    parts: Mapping[str, Role]
    left_out: Sequence[tuple[str, str]] = ()
    """Files and reasons."""


@dataclass(frozen=True, kw_only=True)
class _Fit:
    """How well a table is a part."""

    score: int
    role: Role


@dataclass(kw_only=True)
class Choice:
    """What each table is."""

    tables: Sequence[Guessed]
    words: Words
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def roles(self) -> Roles:
        """Each table as what it is most; of two alike the better, and accounts from any."""
        best = [self._best(guessed) for guessed in self.tables]
        accounts = self._accounts(best)
        parts: dict[str, Role] = {} if accounts is None else {"accounts": accounts}
        for fit in sorted(filter(None, best), key=lambda fit: -fit.score):
            self._take(fit, parts, accounts)
        for found, guessed in zip(best, self.tables, strict=True):
            if found is None:
                self.left_out.append((guessed.label, _no_part(guessed, self.words)))
        if rest := unknown_products(parts):
            products = parts.pop("products")
            reason = f"deals name products that it does not have, such as '{rest[0]}'"
            self.left_out.append((products.guessed.label, reason))
        ordered = {name: parts[name] for name in PARTS if name in parts}
        return Roles(parts=_named(ordered), left_out=self.left_out)

    def _take(self, fit: _Fit, parts: dict[str, Role], accounts: Role | None) -> None:
        role = fit.role
        if role.name == "accounts":
            if accounts is not None and accounts.guessed is not role.guessed:
                reason = f"accounts are read from {accounts.guessed.label}"
                reason += f", and {_no_part(role.guessed, self.words)}"
                self.left_out.append((role.guessed.label, reason))
            return
        if role.name in parts:
            other, more = parts[role.name].guessed.label, ""
            if role.name == "opportunities":
                more = "; where both hold the same sales, they would count twice"
            reason = f"{role.name} are read from {other}{more}"
            self.left_out.append((role.guessed.label, reason))
            return
        if accounts is not None and role.name in _OF_ACCOUNTS:
            role = joined(role, accounts)
        parts[role.name] = role

    def _best(self, guessed: Guessed) -> _Fit | None:
        """The part that a table is most."""
        fits = [fit for name in self.words["tables"] if (fit := self._fit(name, guessed))]
        return max(fits, key=lambda fit: fit.score, default=None)

    def _fit(self, name: str, guessed: Guessed) -> _Fit | None:
        known = self.words["tables"][name]
        columns = columns_of(guessed, known["columns"], self.words, name)
        lacking = tuple(key for key in NEEDED[name] if key not in columns)
        if lacking or not _is_one(name, guessed, columns, self.words):
            return None
        names = {plain(guessed.table.name), plain(guessed.table.file.rpartition(".")[0])}
        like = {plain(file) for file in known["files"]} & names
        score = (
            len(columns)
            + (_NAMED_LIKE_IT if like else 0)
            + _sure(name, guessed, columns, self.words)
        )
        return _Fit(score=score, role=Role(name=name, guessed=guessed, columns=columns))

    def _accounts(self, best: Sequence[_Fit | None]) -> Role | None:
        """The table of accounts, else one that names the account in each of its rows."""
        own = [fit for fit in best if fit and fit.role.name == "accounts"]
        if own:
            return max(own, key=lambda fit: fit.score).role
        for role in [fit.role for fit in sorted(filter(None, best), key=lambda fit: -fit.score)]:
            if "account" in role.columns:
                return self._from_rows(role)
        known = {"account": self.words["tables"]["opportunities"]["columns"]["account"]}
        for guessed in self.tables:
            if columns := columns_of(guessed, known, self.words, ""):
                return self._from_rows(Role(name="", guessed=guessed, columns=columns))
        return None

    def _from_rows(self, role: Role) -> Role:
        """Accounts out of a table in which many rows may name one."""
        known = self.words["tables"]["accounts"]["columns"]
        columns = dict(columns_of(role.guessed, known, self.words, "accounts"))
        key, name = role.columns["account"], columns.get("name")
        own = {role.columns[f] for f in ("id", "product", "person", "contact") if f in role.columns}
        if name is None or name in own or not _is_of(role.guessed, key, name):
            name = key
        columns = {k: v for k, v in columns.items() if k not in ("id", "name") and v not in own}
        columns = {k: v for k, v in columns.items() if _is_of(role.guessed, key, v)}
        first = {"name": name} if name == key else {"id": key, "name": name}
        return Role(name="accounts", guessed=role.guessed, columns={**first, **columns})


def _products(parts: Mapping[str, Role]) -> tuple[Sequence[str], Sequence[str]]:
    """The products of the list, and those that deals name and the list does not have so."""
    listed, deals = parts.get("products"), parts.get("opportunities")
    if listed is None or deals is None or "product" not in deals.columns:
        return (), ()
    names = listed.guessed.kinds[listed.columns["name"]]
    there = set(names)
    return names, [p for p in deals.guessed.kinds[deals.columns["product"]] if p not in there]


def misspelt_products(parts: Mapping[str, Role]) -> dict[str, str]:
    """Products of deals that the list has with other spaces, signs or capitals."""
    names, others = _products(parts)
    by_word: dict[str, list[str]] = {}
    for name in names:
        by_word.setdefault(plain(name), []).append(name)
    return {other: same[0] for other in others if len(same := by_word.get(plain(other), [])) == 1}


def unknown_products(parts: Mapping[str, Role]) -> list[str]:
    """Products of deals that the list does not have, however they are spelt."""
    meant = misspelt_products(parts)
    return [other for other in _products(parts)[1] if other not in meant]


def _named(parts: Mapping[str, Role]) -> dict[str, Role]:
    """The parts with names for their tables; two of one table share it."""
    names: dict[int, str] = {}
    for role in sorted(parts.values(), key=lambda role: role.name == "accounts"):
        names.setdefault(id(role.guessed), role.name)
    return {name: replace(role, table_name=names[id(role.guessed)]) for name, role in parts.items()}


def _is_of(guessed: Guessed, key: str, heading: str) -> bool:
    """Whether all rows of one account say the same in a column."""
    said: dict[str, str] = {}
    return all(
        said.setdefault(row.cells.get(key, ""), row.cells.get(heading, ""))
        == row.cells.get(heading, "")
        for row in guessed.table.rows
    )


def columns_of(
    guessed: Guessed, known: Mapping[str, Sequence[str]], words: Words, part: str
) -> dict[str, str]:
    """The heading of each field: the surest that is there and whose cells can be it."""
    by_word = {plain(heading): heading for heading in reversed(list(guessed.cells))}
    columns: dict[str, str] = {}
    for name, likely in known.items():
        there = [by_word[plain(word)] for word in likely if plain(word) in by_word]
        there = [heading for heading in there if heading not in columns.values()]
        fits = [heading for heading in there if _can_be(name, guessed, heading, words)]
        if name == "id" and part != "accounts":
            fits = [heading for heading in fits if is_unique(guessed, heading)]
        if name == "stage":
            fits.sort(key=lambda heading: not _has_ends(guessed, heading, words))
        if name == "product" and part == "opportunities":
            fits = [heading for heading in fits if len(guessed.kinds[heading]) <= _FEW]
        if fits:
            columns[name] = fits[0]
    if part == "opportunities" and "closed_on" not in columns and "expected_on" in columns:
        columns["closed_on"] = columns.pop("expected_on")
    return columns


def _can_be(name: str, guessed: Guessed, heading: str, words: Words) -> bool:
    """Whether the cells of a column can be a field; empty ones tell nothing against it."""
    cells = [text for text in guessed.kinds[heading] if text not in words["empty"]][:_SAMPLE]
    if not cells:
        return True
    if name in DAYS:
        return _most(cells, lambda text: bool(day_of(text, words["dates"])))
    if name in _NUMBERS:
        return _most(
            cells, lambda text: any(amount_of(text.rstrip(" %"), p) is not None for p in ".,")
        )
    return True


def _most(cells: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return sum(map(holds, cells)) >= _MOST * len(cells)


def is_unique(guessed: Guessed, heading: str) -> bool:
    """Whether no two rows say the same in a column."""
    return len(guessed.kinds[heading]) == len(guessed.cells[heading])


def pair_that_is_unique(guessed: Guessed, words: Words) -> tuple[str, str] | None:
    """A number and what tells the lines of it apart."""
    by_word = {plain(heading): heading for heading in guessed.cells}
    known = words["tables"]["opportunities"]["columns"]["id"]
    numbers, lines = (
        [by_word[plain(word)] for word in group if plain(word) in by_word]
        for group in (known, words["lines"])
    )
    for number in numbers:
        for line in lines:
            said = [(row.cells.get(number), row.cells.get(line)) for row in guessed.table.rows]
            if number != line and len(set(said)) == len(said):
                return number, line
    return None


def _has_ends(guessed: Guessed, heading: str, words: Words) -> bool:
    """Whether a column says of deals that they were won or lost."""
    return any(state_of(text, words) != "open" for text in guessed.kinds[heading])


# What beside its needed columns makes a table a part: one of these
_MARKS = {
    "people": ("manager", "id"),
    "interactions": ("channel",),
    "outcomes": ("kind", "reason"),
    "contracts": ("end",),
}


def _is_one(name: str, guessed: Guessed, columns: Mapping[str, str], words: Words) -> bool:
    """Whether a table can be a part, by what it must and must not have beside its columns."""
    if name == "accounts":
        keys = {columns.get("id", columns["name"]), columns["name"]}
        return any(is_unique(guessed, key) for key in keys)
    if name in _MARKS and not columns.keys() & set(_MARKS[name]):
        return False
    known = {"account": words["tables"]["opportunities"]["columns"]["account"]}
    return name in _OF_ACCOUNTS or not columns_of(guessed, known, words, "")


def _sure(name: str, guessed: Guessed, columns: Mapping[str, str], words: Words) -> int:
    """What the cells add: words that only deals have, the days of a contract."""
    if name == "opportunities" and "stage" in columns:
        return _SURE if _has_ends(guessed, columns["stage"], words) else 0
    if name == "interactions":
        known = {plain(word) for word in words["channels"]}
        kinds = guessed.kinds[columns["channel"]]
        return _SURE * (1 if any(plain(text) in known for text in kinds) else -bool(kinds))
    if name == "contracts":
        return _SURE
    return -_NAMED_LIKE_IT if name == "usage" else 0


def _no_part(guessed: Guessed, words: Words) -> str:
    """Why a table is nothing that a mapping reads, in words."""
    known = words["tables"]["opportunities"]["columns"]
    fields = {"account": "account", "amount": "amount", "closed_on": "day"}
    found = columns_of(guessed, {name: known[name] for name in fields}, words, "")
    lacking = [word for name, word in fields.items() if name not in found]
    if lacking and len(lacking) < len(fields):
        return f"no column is known as {' or '.join(lacking)}; add its heading to headings.yaml"
    return "its headings are not known"


def joined(role: Role, accounts: Role) -> Role:
    """The part with the column whose cells are accounts, and what of the accounts they are."""
    key = accounts.columns.get("id", accounts.columns["name"])
    texts = {
        heading: set(accounts.guessed.cells.get(heading, ()))
        for heading in dict.fromkeys((key, accounts.columns["name"]))
    }
    first = role.columns["account"]
    for heading in dict.fromkeys((first, *_likely_joins(role))):
        cells = role.guessed.kinds.get(heading, ())[:_SAMPLE]
        for of_accounts, known in texts.items():
            if cells and _most(cells, known.__contains__):
                matches = None if of_accounts == key else of_accounts
                return replace(role, columns={**role.columns, "account": heading}, matches=matches)
    return role


def _likely_joins(role: Role) -> Iterator[str]:
    """Columns that no other field is read from."""
    taken = {heading for name, heading in role.columns.items() if name != "account"}
    return (heading for heading in role.guessed.cells if heading not in taken)
