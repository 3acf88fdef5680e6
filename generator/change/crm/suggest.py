"""A draft of a mapping from an export's headings and cells, for a person to finish."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from generator.change.crm.cells import amount_of, currency_of, day_of
from generator.change.crm.columns import TableFile
from generator.change.crm.mapping import ALWAYS
from generator.change.crm.parts import PARTS, needed_in
from generator.change.crm.tables import ExportTable, files_of, read_table
from generator.change.edit.yaml_text import flow_text, scalar_text
from generator.change.table.delimited import named_delimiter
from generator.change.table.encoding import BY_ITS_MARK, UTF_8, decoded, likely_encoding
from generator.change.table.files import bytes_of, is_zip, refuse_other_kinds
from generator.change.table.workbook import open_workbook
from generator.errors import WorkspaceError
from generator.read.text import shown as cut_name
from generator.terminal import printable, shown

_TABLES = (".csv", ".tsv", ".txt", ".xlsx")
Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guessed:
    """One table of the export and how to read it."""

    table: ExportTable
    file: TableFile


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


def plain(text: str) -> str:
    """A heading or word without case, spaces and signs."""
    return re.sub(r"[\W_]+", "", text.casefold())


def cells_in(table: ExportTable, column: str | None) -> list[str]:
    """What stands in a column, row by row, without what is empty."""
    return [text for row in table.rows if column and (text := row.cells.get(column, ""))]


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


def currency_in(codes: Sequence[str], amounts: Sequence[str], otherwise: str) -> str:
    """The currency that is named most often."""
    named = Counter([*codes, *filter(None, map(currency_of, amounts))])
    return min(named, key=lambda code: (-named[code], code)) if named else otherwise


# The columns that a part cannot do without; without one it is left out, unless it must be there
NEEDED = {
    name: tuple(key for key in needed_in(part) if key not in ("table", "stages"))
    for name, part in PARTS.items()
}
LACKS = "???"
_NAMED_LIKE_IT = 3  # what a file's name weighs against a column


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the mapping, the table it is read from and the columns that were found."""

    name: str
    guessed: Guessed
    columns: Mapping[str, str]


def draft(tables: Sequence[Guessed], words: Words, currency: str) -> str:
    """The text of a mapping; '???' stands where a person has to say what no heading tells."""
    parts = _parts(tables, words)
    return "".join(f"{printable(line)}\n" for line in _lines(parts, words, currency))


def _parts(tables: Sequence[Guessed], words: Words) -> dict[str, Part]:
    """For each part the table that fits best; a table is used once."""
    fits = []
    for name, known in words["tables"].items():
        for place, guessed in enumerate(tables):
            columns = _columns(guessed.table.columns, known["columns"])
            lacking = sum(key not in columns for key in NEEDED[name])
            like = {plain(file) for file in known["files"]} & {
                plain(guessed.table.name), plain(guessed.table.file.rpartition(".")[0])
            }  # fmt: skip
            score = len(columns) + (_NAMED_LIKE_IT if like else 0) - 2 * lacking
            fits.append((-score, place, name, lacking, columns))
    parts: dict[str, Part] = {}
    used: set[int] = set()
    for _, place, name, lacking, columns in sorted(fits, key=lambda fit: fit[:3]):
        if name not in parts and place not in used and not (lacking and name not in ALWAYS):
            parts[name] = Part(name=name, guessed=tables[place], columns=columns)
            used.add(place)
    return {name: parts[name] for name in words["tables"] if name in parts}


def _columns(headings: Sequence[str], known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The heading of each field: the surest that is there; no heading tells two things."""
    alone = [heading for heading in headings if headings.count(heading) == 1]
    by_word = {plain(heading): heading for heading in reversed(alone)}
    columns: dict[str, str] = {}
    for field, likely in known.items():
        for word in likely:
            heading = by_word.get(plain(word))
            if heading and heading not in columns.values():
                columns[field] = heading
                break
    return columns


def _lines(parts: Mapping[str, Part], words: Words, currency: str) -> Iterator[str]:
    yield "# A draft from the headings: look at every line, then try it with --dry-run."
    yield f"# Where it says {LACKS}, no heading told."
    yield "source: CRM export"
    yield "system: crm"
    yield from _spelt(parts, words, currency)
    yield "# Won within so many months before the export: a customer; only earlier: a former one."
    yield "customer_months: 12"
    yield "folder: crm"
    yield "summary: |"
    yield "  From the {source} of {as_of}: {won} won worth {amount}, {lost} lost, {open} open."
    yield "# Who wins where a playbook and the CRM differ: crm or playbook, by field."
    yield "wins: {}"
    yield "tables:"
    for part in parts.values():
        file = part.guessed.file.model_dump(exclude_none=True)
        yield f"  {part.name}: {flow_text(file)}"
    for part in parts.values():
        yield from _part_lines(part, words)
    for name in PARTS:
        if name in ALWAYS and name not in parts:
            yield f"{name}: {LACKS}  # none of the files looks like it"


def _spelt(parts: Mapping[str, Part], words: Words, currency: str) -> Iterator[str]:
    """Currency, decimal sign and days, as the cells have them."""
    days = [*_cells(parts, "opportunities", "closed_on"), *_cells(parts, "cases", "opened")]
    amounts = _cells(parts, "opportunities", "amount")
    spellings = spelling_of(days, words["dates"])
    named = currency_in(_cells(parts, "opportunities", "currency"), amounts, "")
    yield f"currency: {named or currency}{'' if named else '  # no cell names one'}"
    if len(spellings) > 1 and spellings[0] != words["dates"][0]:
        yield f"# These spellings read all days; which is meant? {', '.join(spellings)}"
    if days and not spellings:
        yield f"# No spelling reads all days, such as '{days[0]}'."
    yield f"dates: {flow_text([spellings[0] if spellings else words['dates'][0]])}"
    yield f'decimal: "{point_of(amounts)}"'


def _cells(parts: Mapping[str, Part], name: str, field: str) -> list[str]:
    part = parts.get(name)
    return cells_in(part.guessed.table, part.columns.get(field)) if part else []


def _part_lines(part: Part, words: Words) -> Iterator[str]:
    yield f"{part.name}:"
    yield f"  table: {part.name}"
    for field in dict.fromkeys((*words["tables"][part.name]["columns"], *NEEDED[part.name])):
        heading = part.columns.get(field)
        if heading is None and field in NEEDED[part.name]:
            yield f"  {field}: {LACKS}  # of {', '.join(map(shown, part.guessed.table.columns))}"
        elif heading is not None and field != "first":
            yield f"  {field}: {flow_text(_value(part, field, heading))}"
    if part.name == "opportunities":
        yield f"  stages: {flow_text(_stages(part, words))}"
    if part.name == "cases" and "severity" in part.columns:
        yield from _severities(part, words)
    if left := [
        heading
        for heading in part.guessed.table.columns
        if heading and heading not in part.columns.values()
    ]:
        yield f"  # not used: {', '.join(map(shown, left))}"


def _value(part: Part, field: str, heading: str) -> Any:
    """The column, in the braces that some fields need."""
    if field == "size":
        return {"column": heading}
    if (part.name, field) == ("contacts", "name") and "first" in part.columns:
        return {"columns": [part.columns["first"], heading]}
    return heading


def _stages(part: Part, words: Words) -> dict[str, list[str]]:
    """Every stage that stands in the export: won and lost by their words, else open."""
    stages: dict[str, list[str]] = {"won": [], "lost": [], "open": []}
    for stage in dict.fromkeys(cells_in(part.guessed.table, part.columns.get("stage"))):
        closed = [
            end for end in ("won", "lost") if any(word in stage.casefold() for word in words[end])
        ]
        stages[closed[0] if closed else "open"].append(stage)
    return stages


def _severities(part: Part, words: Words) -> Iterator[str]:
    known = words["severities"]
    cells = dict.fromkeys(cells_in(part.guessed.table, part.columns["severity"]))
    severities = {text: int(known[text.casefold()]) for text in cells if text.casefold() in known}
    yield f"  severities: {flow_text(severities)}"
    if unknown := [text for text in cells if text not in severities]:
        yield f"  # 1 worst to 4: {', '.join(map(scalar_text, unknown))}"
