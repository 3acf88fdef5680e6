"""A draft of a mapping from an export's headings and cells, for a person to look at."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from generator.change.crm.cells import amount_of, currency_of, day_of
from generator.change.crm.columns import TableFile
from generator.change.crm.names import id_of
from generator.change.crm.roles import (
    DAYS,
    Choice,
    Guessed,
    Role,
    Roles,
    Words,
    currency_named,
    has_word,
    is_unique,
    misspelt_products,
    pair_that_is_unique,
    plain,
    point_of,
    spelling_of,
    state_of,
    why_not_read,
)
from generator.change.crm.tables import files_of, read_table
from generator.change.edit.yaml_text import flow_text, scalar_text
from generator.change.table.delimited import named_delimiter
from generator.change.table.encoding import BY_ITS_MARK, UTF_8, decoded, likely_encoding
from generator.change.table.files import bytes_of, is_zip, refuse_other_kinds
from generator.change.table.workbook import open_workbook
from generator.errors import WorkspaceError
from generator.read.text import shown as cut_name
from generator.terminal import printable, shown

_TABLES = (".csv", ".tsv", ".txt", ".xlsx")


def guessed_tables(paths: Sequence[Path], words: Words) -> Iterator[Guessed]:
    """Every file, and every sheet of a workbook, as the table that it seems to be."""
    for path in files_of(paths, _TABLES):
        raw = bytes_of(path)
        refuse_other_kinds(raw, path.name)
        if is_zip(raw):
            for sheet in open_workbook(raw, path.name).sheets:
                yield _table(path, _table_file(path, sheet=sheet))
        else:
            yield _table(path, _file(path, raw, words))


def _table_file(path: Path, **how: str | None) -> TableFile:
    """How to read a file; WorkspaceError where its name or a sheet's cannot stand in a mapping."""
    try:
        return TableFile.model_validate({"file": path.name, **how})
    except ValidationError as error:
        name = str(how.get(str(error.errors()[0]["loc"][0]), path.name))
        raise WorkspaceError(
            f"{cut_name(path.name)}: no mapping can name {cut_name(name)}; give it a plain, short"
            " name"
        ) from error


def _table(path: Path, file: TableFile) -> Guessed:
    return Guessed(table=read_table(file.sheet or path.stem, path, file, "."), file=file)


def _file(path: Path, raw: bytes, words: Words) -> TableFile:
    """The first encoding that fits, and the delimiter that is in the heading most often."""
    encoding = likely_encoding(raw, words["encodings"])
    heading = decoded(raw, path.name, encoding).split("\n", maxsplit=1)[0]
    counts = [heading.count("\t" if sign == "tab" else sign) for sign in words["delimiters"]]
    delimiter = words["delimiters"][counts.index(max(counts))]
    needs_none = encoding in (UTF_8, BY_ITS_MARK)
    has_own = named_delimiter(heading) is not None
    return _table_file(
        path,
        encoding=None if needs_none else encoding,
        delimiter=None if has_own or delimiter == words["delimiters"][0] else delimiter,
    )


def currency_in(codes: Sequence[str], amounts: Sequence[str], otherwise: str) -> str:
    """The currency that is named most often."""
    named = Counter([*codes, *filter(None, map(currency_of, amounts))])
    return min(named, key=lambda code: (-named[code], code)) if named else otherwise


LACKS = "???"
_DEALS = "{won} won worth {amount}, {lost} lost, {open} open"
_OLD = datetime.timedelta(days=60)
"""Data whose newest day is older is no export of today."""
_FEW_METRICS = 12
_SCALES = (5, 10, 100)
_ORDER = (
    "accounts",
    "products",
    "people",
    "opportunities",
    "contacts",
    "cases",
    "contracts",
    "outcomes",
    "satisfaction",
    "usage",
    "interactions",
)


def draft(
    tables: Sequence[Guessed], words: Words, currency: str, today: datetime.date | None = None
) -> str:
    """The text of a mapping; '???' stands where a person has to say what no heading tells."""
    roles = Choice(tables=tables, words=words).roles()
    lines = Draft(roles=roles, words=words, currency=currency, today=today).lines()
    return "".join(f"{printable(line)}\n" for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A mapping in the making, line by line."""

    roles: Roles
    words: Words
    currency: str
    today: datetime.date | None

    def lines(self) -> Iterator[str]:
        """All of it."""
        parts = self.roles.parts
        yield "# A draft from headings and cells: look at every line, then try it with --dry-run."
        if "accounts" not in parts:
            yield f"# Where it says {LACKS}, nothing told."
        for file, reason in self.roles.left_out:
            yield f"# Left out: {shown(file)}: {reason}."
        yield "source: CRM export"
        yield from self._day()
        yield "system: crm"
        yield from self._spelt()
        if empty := self._empty():
            yield f"empty: {flow_text(empty)}"
        yield from _settled(with_deals="opportunities" in parts)
        yield from self._tables()
        yield from self._value_maps()
        used: dict[str, set[str]] = {}
        there = [parts[name] for name in _ORDER if name in parts]
        for number, role in enumerate(there):
            of_table = used.setdefault(role.table_name, set())
            yield from self._part(role, of_table)
            if role.table_name not in {later.table_name for later in there[number + 1 :]}:
                of_one = [other for other in there if other.table_name == role.table_name]
                yield from self._not_used(of_one, of_table)
        if "accounts" not in parts:
            yield f"accounts: {LACKS}  # none of the files looks like it"

    def _value_maps(self) -> Iterator[str]:
        """What cells call otherwise than the catalogue or the form."""
        maps = {"status": self._statuses(), "products": misspelt_products(self.roles.parts)}
        if any(maps.values()):
            yield "# What the export misspells or calls otherwise, and what is meant."
            yield "values:"
        for name, values in maps.items():
            if values:
                yield f"  {name}: {flow_text(values)}"

    def _tables(self) -> Iterator[str]:
        yield "tables:"
        files: dict[str, Any] = {}
        for name in _ORDER:
            if role := self.roles.parts.get(name):
                files.setdefault(role.table_name, role.guessed.file.model_dump(exclude_none=True))
        for name, file in files.items():
            yield f"  {name}: {flow_text(file)}"

    def _day(self) -> Iterator[str]:
        """The day of the export, where its newest day, planned ones too, lies long ago."""
        parts = ("usage", "interactions", "cases", "outcomes", "satisfaction")
        fields = ("date", "opened")
        cells = {text for part in parts for field in fields for text in self._cells(part, field)}
        cells |= set(self._closed_days())
        spellings = self._spellings()[0]
        days = [day for text in cells if (day := day_of(text, spellings))]
        past = [day for day in days if self.today is None or day <= self.today]
        planned = {text for field in _OF_DEALS for text in self._cells("opportunities", field)}
        newest = [*days, *(day for text in planned if (day := day_of(text, spellings)))]
        if self.today is not None and past and max(newest) < self.today - _OLD:
            yield f"as_of: {max(past)}  # the newest day of what has happened; without it, today"

    def _closed_days(self) -> Iterator[str]:
        """The days of deals that have happened: of an open one its order, not its planned end."""
        role = self.roles.parts.get("opportunities")
        if role is None:
            return
        heading = role.columns["closed_on"]
        is_end = plain(heading) in {plain(word) for word in self.words["planned"]}
        for row in role.guessed.table.rows:
            stage = row.cells.get(role.columns.get("stage", ""), "")
            if not is_end or not stage or state_of(stage, self.words) != "open":
                yield row.cells.get(heading, "")

    def _cells(self, part: str, field: str) -> Sequence[str]:
        role = self.roles.parts.get(part)
        heading = role.columns.get(field) if role else None
        if role is None or heading is None:
            return ()
        empty = set(self.words["empty"])
        return [text for text in role.guessed.cells[heading] if text not in empty]

    def _spellings(self) -> tuple[tuple[str, ...], list[str]]:
        """The spellings that all tables need, and days of columns that no spelling reads whole."""
        chosen: dict[str, None] = {}
        unread = []
        for name in _ORDER:
            role = self.roles.parts.get(name)
            for field in sorted(DAYS & role.columns.keys()) if role else ():
                cells = list(dict.fromkeys(self._cells(name, field)))
                if not cells or any(spelling_of(cells, (one,)) for one in chosen):
                    continue
                if spellings := spelling_of(cells, self.words["dates"]):
                    chosen[spellings[0]] = None
                else:
                    unread.append(cells[0])
        first = self.words["dates"][0]
        return tuple(chosen) or (first,), unread

    def _spelt(self) -> Iterator[str]:
        """Currency, decimal sign and days, as the cells have them."""
        amounts = [*self._cells("opportunities", "amount"), *self._cells("contracts", "value")]
        codes = [*self._cells("opportunities", "currency"), *self._cells("contracts", "currency")]
        yield self._currency(currency_in(codes, amounts, ""))
        spellings, unread = self._spellings()
        for name in _ORDER:
            for field in ("closed_on", "date", "opened", "start"):
                cells = self._cells(name, field)
                which = spelling_of(list(dict.fromkeys(cells)), self.words["dates"])
                if len(which) > 1 and which[0] != self.words["dates"][0]:
                    yield f"# These spellings read all days; which is meant? {', '.join(which)}"
                    break
            else:
                continue
            break
        if unread:
            yield f"# No spelling reads all days, such as '{shown(unread[0])}'."
        yield f"dates: {flow_text(list(spellings))}"
        yield f'decimal: "{point_of([*amounts, *self._cells("usage", "value")])}"'

    def _currency(self, in_cells: str) -> str:
        """The currency as cells say it, else as the heading of the amounts does."""
        if in_cells:
            return f"currency: {in_cells}"
        for name, field in (("opportunities", "amount"), ("contracts", "value")):
            role = self.roles.parts.get(name)
            heading = role.columns.get(field, "") if role else ""
            if code := currency_named(heading, self.words):
                return f"currency: {code}  # as '{shown(heading)}' says"
        return f"currency: {self.currency}  # neither a cell nor a heading names one"

    def _empty(self) -> list[str]:
        """Words in the columns that are read that mean nothing is there."""
        said = {
            text
            for role in self.roles.parts.values()
            for heading in role.columns.values()
            for text in role.guessed.kinds[heading]
        }
        return [word for word in self.words["empty"] if word in said]

    def _statuses(self) -> dict[str, str]:
        """What the status of accounts means, where every word of it is known."""
        known = {plain(word): status for word, status in self.words["statuses"].items()}
        words = list(dict.fromkeys(self._cells("accounts", "status")))
        are_known = words and all(plain(word) in known for word in words)
        return {word: known[plain(word)] for word in words} if are_known else {}

    def _part(self, role: Role, used: set[str]) -> Iterator[str]:
        """One part; `used` hears of the columns that it uses."""
        yield f"{role.name}:"
        yield f"  table: {role.table_name}"
        yield from self._where(role, used)
        if role.name == "opportunities" and "stage" not in role.columns:
            yield "  # no column says a stage: every row is won"
        for field, heading in role.columns.items():
            value = None if field == "first" else self._value(role, field, heading)
            if value is not None:
                used |= _headings_of(value) or {heading}
                yield f"  {field}: {flow_text(value)}"
        yield from self._id(role, used)
        yield from self._more(role, used)

    def _not_used(self, roles: Sequence[Role], used: set[str]) -> Iterator[str]:
        """The columns of a table that no part of it uses, and why."""
        by_reason: dict[str, list[str]] = {}
        for heading in dict.fromkeys(roles[0].guessed.table.columns):
            if heading and heading not in used:
                reason = why_not_read(heading, roles, self.words)
                by_reason.setdefault(reason, []).append(shown(heading))
        for reason, headings in by_reason.items():
            yield f"  # not used: {', '.join(headings)}: {shown(reason)}"

    def _id(self, role: Role, used: set[str]) -> Iterator[str]:
        """What tells rows apart where no column alone does."""
        if role.name == "accounts" and not is_unique(role.guessed, role.columns["name"]):
            key = role.columns.get("id", role.columns["name"])
            if role.table_name == "accounts" and not is_unique(role.guessed, key):
                yield "  repeats: true  # many rows name one account"
        if role.name == "opportunities" and "id" not in role.columns:
            if pair := pair_that_is_unique(role.guessed, self.words):
                used |= set(pair)
                yield f"  id: {flow_text({'columns': list(pair)})}"
            else:
                yield "  # no column tells rows apart: each row counts"

    def _where(self, role: Role, used: set[str]) -> Iterator[str]:
        """The rows that a column says are deleted."""
        by_word = {plain(heading): heading for heading in role.guessed.cells}
        where: dict[str, Any] = {}
        for word in self.words["deleted"]:
            heading = by_word.get(plain(word))
            if heading and heading not in role.columns.values():
                true = [text for text in role.guessed.kinds[heading] if plain(text) in _TRUE]
                where[heading] = {"not": true or ["true"]}
                used.add(heading)
        if role.name == "interactions" and (others := self._no_talks(role)):
            where[role.columns["channel"]] = {"not": others}
            yield f"  # {', '.join(map(shown, others))}: no talk, so it is left out"
        if where:
            yield f"  where: {flow_text(where)}"

    def _channels(self, role: Role) -> dict[str, str]:
        known = {plain(word): channel for word, channel in self.words["channels"].items()}
        kinds = role.guessed.kinds[role.columns["channel"]]
        return {text: known[plain(text)] for text in kinds if plain(text) in known}

    def _no_talks(self, role: Role) -> list[str]:
        known = self._channels(role)
        return [text for text in role.guessed.kinds[role.columns["channel"]] if text not in known]

    def _value(self, role: Role, field: str, heading: str) -> Any:
        """What stands behind a field; None for one that another one says."""
        if field == "account" and role.matches:
            return {"column": heading, "matches": role.matches}
        if role.name == "usage" and field == "metric":
            return heading if len(role.guessed.kinds[heading]) <= _FEW_METRICS else None
        if role.name == "contacts" and field == "name" and "first" in role.columns:
            return {"columns": [role.columns["first"], heading]}
        if role.name == "accounts":
            return self._of_account(field, heading)
        return self._of_deal(role, field, heading) if role.name == "opportunities" else heading

    def _of_account(self, field: str, heading: str) -> Any:
        if field == "status":
            return {"column": heading, "values": "status"} if self._statuses() else None
        return {"column": heading} if field == "size" else heading

    def _of_deal(self, role: Role, field: str, heading: str) -> Any:
        if field == "amount":
            return self._amount(role, heading)
        if field == "closed_on" and "expected_on" in role.columns:
            return [heading, role.columns["expected_on"]]
        if field == "product" and misspelt_products(self.roles.parts):
            return {"column": heading, "values": "products"}
        if field == "probability":
            shares = [amount_of(text.rstrip(" %")) or 0 for text in self._cells(*_CHANCE)]
            return {"column": heading, "of": "100" if max(shares, default=0) > 1 else "1"}
        return None if field == "expected_on" else heading

    def _amount(self, role: Role, heading: str) -> Any:
        """An amount, or the price of one times how many."""
        is_price = plain(heading) in {plain(word) for word in self.words["unit_prices"]}
        many = {plain(word) for word in self.words["quantities"]}
        times = next((one for one in role.guessed.cells if plain(one) in many), None)
        column: dict[str, Any] = {"column": heading}
        if is_price and times:
            column["times"] = times
        if self._has_thousandths(role.guessed.cells[heading]):
            column["thousandths"] = True
        return column if len(column) > 1 else heading

    def _has_thousandths(self, cells: Sequence[str]) -> bool:
        """Whether three digits behind the sign are decimals: elsewhere they are not three."""
        point = re.escape(point_of(cells))
        lengths = {
            len(match[1]) for text in cells if (match := re.search(rf"[0-9]{point}([0-9]+)$", text))
        }
        return 3 in lengths and bool(lengths - {3})

    def _more(self, role: Role, used: set[str]) -> Iterator[str]:
        """What a part says beside its columns."""
        match role.name:
            case "opportunities" if "stage" in role.columns:
                yield f"  stages: {flow_text(self._stages(role))}"
            case "cases" if "severity" in role.columns:
                yield from _severities(role, self.words)
            case "contacts":
                yield "  # Written with new contacts; ask whoever answers for data protection."
                yield "  lawful_basis: legitimate interest"
                yield "  review_days: 365"
            case "interactions":
                yield f"  channels: {flow_text(self._channels(role))}"
            case "contracts" if "value" in role.columns:
                yield f"  per: {self._per(role)}  # month, quarter, year or term"
            case "outcomes" if "kind" in role.columns:
                yield from self._kinds(role)
            case "satisfaction" if "scale" not in role.columns:
                yield f"  scale: {flow_text({'constant': str(self._scale())})}"
            case "usage":
                metric = role.columns.get("metric")
                if metric is None or metric not in used:
                    yield f"  metric: {flow_text({'constant': self._metric(role)})}"

    def _stages(self, role: Role) -> dict[str, list[str]]:
        """Every stage that stands in the export: won and lost by their words, else open."""
        stages: dict[str, list[str]] = {"won": [], "lost": [], "open": []}
        empty = set(self.words["empty"])
        for stage in role.guessed.kinds[role.columns["stage"]]:
            if stage not in empty:
                stages[state_of(stage, self.words)].append(stage)
        return stages

    def _per(self, role: Role) -> str:
        """For how long a value counts, by its heading; without a word, for the term if it ends."""
        heading = role.columns["value"].casefold()
        for period, words in self.words["periods"].items():
            if has_word(heading, words):
                return str(period)
        ends = role.guessed.cells.get(role.columns.get("end", ""), ())
        return "term" if len(ends) == len(role.guessed.table.rows) else "year"

    def _kinds(self, role: Role) -> Iterator[str]:
        known = {plain(word): kind for word, kind in self.words["kinds"].items()}
        cells = role.guessed.kinds[role.columns["kind"]]
        kinds = {text: known[plain(text)] for text in cells if plain(text) in known}
        yield f"  kinds: {flow_text(kinds)}"
        if unknown := [text for text in cells if text not in kinds]:
            yield f"  # won, renewed, expanded, shrunk or lost: {', '.join(map(shown, unknown))}"

    def _scale(self) -> int:
        """The shortest usual scale that holds all scores."""
        scores = [amount_of(text) or 0 for text in self._cells("satisfaction", "score")]
        top = max(scores, default=_SCALES[1])
        return next((scale for scale in _SCALES if top <= scale), int(top))

    def _metric(self, role: Role) -> str:
        """What is counted: the heading of the values, else the file."""
        heading = role.columns.get("value")
        return id_of(heading or role.guessed.table.name) or "used"


_TRUE = frozenset({"true", "yes", "1", "y", "wahr", "ja", "是"})
_CHANCE = ("opportunities", "probability")
_OF_DEALS = ("closed_on", "expected_on")


def _settled(*, with_deals: bool) -> Iterator[str]:
    """What no export tells and every mapping says."""
    yield "# Won within so many months before the export: a customer; only earlier: a former one."
    yield "customer_months: 12"
    yield "folder: crm"
    yield "summary: |"
    yield f"  From the {{source}} of {{as_of}}{f': {_DEALS}' if with_deals else ''}."
    yield "# Who wins where a playbook and the CRM differ: crm or playbook, by field."
    yield "wins: {}"


def _headings_of(value: Any) -> set[str]:
    """The headings that a drafted value names."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, list):
        return set(value)
    return {*filter(None, (value.get("column"), value.get("times"))), *value.get("columns", ())}


def _severities(role: Role, words: Words) -> Iterator[str]:
    known = words["severities"]
    cells = role.guessed.kinds[role.columns["severity"]]
    severities = {text: int(known[text.casefold()]) for text in cells if text.casefold() in known}
    yield f"  severities: {flow_text(severities)}"
    if unknown := [text for text in cells if text not in severities]:
        yield f"  # 1 worst to 4: {', '.join(map(scalar_text, unknown))}"
