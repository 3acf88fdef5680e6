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


_IDS = frozenset({"id", "account", "contact", "parent", "reports_to"})
"""Fields whose headings end in a word for a number: 'Order no' is 'order id'."""
# Fields of money, by part; their headings may name the currency
_MONEY = {
    "products": frozenset({"price"}),
    "opportunities": frozenset({"amount"}),
    "contracts": frozenset({"value"}),
    "outcomes": frozenset({"amount"}),
}


@cache
def plain(text: str) -> str:
    """A heading or word without case, spaces and signs, and without the __c of own fields."""
    return re.sub(r"[\W_]+", "", re.sub(r"__c$", "", text.casefold()))


def _with_number(text: str, words: Words) -> str | None:
    """A heading that ends in a word for a number, with the same one for all; None for another."""
    bare = plain(text)
    ends = (_NUMBER, *map(plain, words["numbers"]))
    end = max(filter(bare.endswith, ends), key=len, default=None)
    return None if end is None else f"{bare.removesuffix(end)}{_NUMBER}"


_NUMBER = "id"


def currency_named(heading: str, words: Words) -> str | None:
    """The currency that the heading of an amount names, by its code, its sign or a word."""
    return next((code for _, code in _without_currency(heading, words)), None)


def _without_currency(heading: str, words: Words) -> Iterator[tuple[str, str]]:
    """What may be left of a heading without the currency that it names, and that currency."""
    bare = plain(heading)
    for code, names in words["currencies"].items():
        for name in (code, *names):
            word = plain(name)
            if not word and name in heading:  # a sign
                yield bare, code
            elif word and bare.endswith(word):
                yield bare.removesuffix(word).removesuffix("in"), code
            elif word and bare.startswith(word):
                yield bare.removeprefix(word), code


def _meanings(heading: str, field: str, part: str, words: Words) -> set[str]:
    """The words that a heading says, for a field: of an id, of money, without what is beside it."""
    meanings = {plain(heading)}
    if field in _IDS and (number := _with_number(heading, words)) is not None:
        meanings.add(number)
    if field in _MONEY.get(part, ()):
        meanings |= {rest for rest, _ in _without_currency(heading, words)}
    return meanings


def _is_called(heading: str, field: str, part: str, likely: Sequence[str], words: Words) -> bool:
    """Whether a field is known by a heading."""
    said = _meanings(heading, field, part, words)
    return any(said & _known_as(word, field, words) for word in likely)


def _known_as(word: str, field: str, words: Words) -> set[str]:
    """What a heading may say instead of a word."""
    return {plain(word), *filter(None, [_with_number(word, words) if field in _IDS else None])}


def _headings_for(
    guessed: Guessed, field: str, part: str, likely: Sequence[str], words: Words
) -> list[str]:
    """The headings that a field is known by, the surest first."""
    by_meaning: dict[str, list[str]] = {}
    for heading in guessed.cells:
        for meaning in _meanings(heading, field, part, words):
            by_meaning.setdefault(meaning, []).append(heading)
    there = [
        heading
        for word in likely
        for meaning in sorted(_known_as(word, field, words), key=lambda one: one != plain(word))
        for heading in by_meaning.get(meaning, ())
    ]
    return list(dict.fromkeys(there))


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
    columns: dict[str, str] = {}
    for name, likely in known.items():
        there = _headings_for(guessed, name, part, likely, words)
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
    if part == "opportunities" and "id" in known and "id" not in columns:
        own = _number_of_rows(guessed, columns, words)
        columns = {**({"id": own} if own else {}), **columns}
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


def _number_of_rows(guessed: Guessed, columns: Mapping[str, str], words: Words) -> str | None:
    """A number that is filled in in all rows and tells them apart, not only their accounts."""
    rows = len(guessed.table.rows)
    if len(guessed.kinds.get(columns.get("account", ""), ())) == rows:
        return None
    numbers = (one for one in guessed.cells if _with_number(one, words) is not None)
    return next((one for one in numbers if len(guessed.kinds[one]) == rows), None)


def pair_that_is_unique(guessed: Guessed, words: Words) -> tuple[str, str] | None:
    """A number and what tells the lines of it apart."""
    known = words["tables"]["opportunities"]["columns"]["id"]
    numbers, lines = (
        _headings_for(guessed, "id", "opportunities", group, words)
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


def _is_of_deals(guessed: Guessed, words: Words) -> bool:
    """Whether a table says of its rows that they were won or lost."""
    known = {"stage": words["tables"]["opportunities"]["columns"]["stage"]}
    stage = columns_of(guessed, known, words, "opportunities").get("stage")
    return stage is not None and _has_ends(guessed, stage, words)


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
    if name == "usage" and "value" not in columns and _is_of_deals(guessed, words):
        return False  # without an amount: deals are not counted as what somebody uses
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
    lacking = _lacking_of_deals(guessed, words)
    if lacking and len(lacking) < len(_OF_DEALS):
        return f"no column is known as {' or '.join(lacking)}; add its heading to headings.yaml"
    return "its headings are not known"


_OF_DEALS = {"account": "account", "amount": "amount", "closed_on": "day"}


def _lacking_of_deals(guessed: Guessed, words: Words) -> list[str]:
    """What of deals no column of a table is known as, in words."""
    known = words["tables"]["opportunities"]["columns"]
    found = columns_of(guessed, {name: known[name] for name in _OF_DEALS}, words, "opportunities")
    return [word for name, word in _OF_DEALS.items() if name not in found]


def why_not_read(heading: str, roles: Sequence[Role], words: Words) -> str:
    """Why no part of a table reads one of its columns, in words."""
    guessed = roles[0].guessed
    if heading not in guessed.cells:
        return "more than one column has this heading"
    if not guessed.cells[heading]:
        return "nothing stands there"
    for role in roles:
        for name, likely in words["tables"][role.name]["columns"].items():
            if _is_called(heading, name, role.name, likely, words):
                return _why_not(name, heading, role)
    deals = words["tables"][_DEALS]["columns"].items()
    is_of_deals = any(_is_called(heading, name, _DEALS, likely, words) for name, likely in deals)
    if is_of_deals and len(lacking := _lacking_of_deals(guessed, words)) == 1:
        return f"it is of deals, and no column is known as {lacking[0]}"
    return "no field is known by such a heading"


_DEALS = "opportunities"
_WHY_NOT = {
    "id": "several rows say the same, so it is no id",
    "product": f"more than {_FEW} different ones are no list of products",
    "metric": "too many different ones to be what is counted",
    "status": "not all its words are known as a status",
}


def _why_not(name: str, heading: str, role: Role) -> str:
    """Why a field is not read from a column that is called like it."""
    other = role.columns.get(name, heading)
    if other != heading:
        return f"'{other}' is read for {name}"
    for names, kind in ((DAYS, "days"), (_NUMBERS, "numbers")):
        if name in names:
            return f"not all cells are {kind}, as {name} must be"
    is_account = role.name == "accounts"
    otherwise = "rows of one account say different things" if is_account else f"no fit for {name}"
    return _WHY_NOT.get(name, otherwise)


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
