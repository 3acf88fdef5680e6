"""Each word of headings.yaml binds: without it the draft of a mapping for some export is another."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.change.crm.columns import TableFile
from generator.change.crm.mapping import load_words
from generator.change.crm.roles import Guessed, plain
from generator.change.crm.suggest import draft, guessed_tables
from generator.change.crm.tables import ExportRow, ExportTable
from generator.errors import WorkspaceError
from generator.read import Workspace
from tests.conftest import Sample
from tests.settings.binding import Path_

Words = Mapping[str, Any]
TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    return load_words(Workspace.at(tmp_path_factory.mktemp("shipped")))


def entries(node: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The path of every word."""
    if not isinstance(node, dict | list):
        yield path
        return
    for step, inner in node.items() if isinstance(node, dict) else enumerate(node):
        yield from entries(inner, (*path, step))


def at(words: Words, path: Path_) -> Any:
    node: Any = words
    for step in path:
        node = node[step]
    return node


def without(words: Words, path: Path_) -> Words:
    fewer: Any = copy.deepcopy(words)
    del at(fewer, path[:-1])[path[-1]]
    return fewer  # type: ignore[no-any-return]


def table(name: str, columns: Sequence[str], cells: Mapping[str, str]) -> Guessed:
    row = ExportRow(line=2, cells={column: cells.get(column, "") for column in columns})
    file = f"{name}.csv"
    return Guessed(
        table=ExportTable(name=name, file=file, columns=tuple(columns), rows=(row,)),
        file=TableFile(file=file),
    )


def headings(words: Words, part: str, field: str = "", word: str = "") -> dict[str, str]:
    """A heading for each field of a part: its surest, or `word` for `field`."""
    columns = {}
    for name, known in words["tables"][part]["columns"].items():
        free = (heading for heading in known if plain(heading) != plain(word))
        if (heading := word if name == field else next(free, None)) is not None:
            columns[name] = heading
    return columns


# Groups of words that stand in the cells of one field
IN_CELLS = {
    "severities": ("cases", "severity"),
    "statuses": ("accounts", "status"),
    "channels": ("interactions", "channel"),
    "kinds": ("outcomes", "kind"),
    "empty": ("opportunities", "reason"),
    "won": ("opportunities", "stage"),
    "lost": ("opportunities", "stage"),
    "dates": ("opportunities", "closed_on"),
}


def exports(words: Words, path: Path_) -> list[list[Guessed]]:
    """Tables for which the word at a path should matter."""
    if str(path[0]) in IN_CELLS:
        return in_cells(words, path)
    match path:
        case ("tables", str(part), "files", _):
            columns = list(headings(words, part).values())
            tables = [table("data", columns, {}), table(at(words, path), columns, {})]
        case ("tables", str(part), "columns", str(field), _):
            columns_of = headings(words, part, field, at(words, path))
            cells = {columns_of[field]: "customer"} if field == "status" else {}
            tables = [table("data", list(columns_of.values()), cells)]
        case ("periods", *_):
            known = words["tables"]["contracts"]["columns"]["value"]
            heading = next(heading for heading in known if at(words, path) in heading)
            columns_of = headings(words, "contracts", "value", heading)
            end = {columns_of["end"]: "2026-02-13"}
            tables = [table("data", list(columns_of.values()), end)]
        case ("deleted", _):
            columns = [*headings(words, "opportunities").values(), at(words, path)]
            tables = [table("data", columns, {})]
        case ("numbers", _):
            columns_of = headings(words, "opportunities", "id", f"order {at(words, path)}")
            tables = [table("data", list(columns_of.values()), {})]
        case ("currencies", *_):
            columns_of = headings(words, "opportunities", "amount", f"amount {at(words, path)}")
            tables = [table("data", list(columns_of.values()), {})]
        case ("planned", _):
            tables = [with_an_open_deal(words, at(words, path))]
        case ("lines", _):
            tables = [lines_of_orders(words, at(words, path))]
        case _:
            pair = {name: words[name][0] for name in ("unit_prices", "quantities")}
            pair[str(path[0])] = at(words, path)
            columns_of = headings(words, "opportunities", "amount", pair["unit_prices"])
            tables = [table("data", [*columns_of.values(), pair["quantities"]], {})]
    return [tables]


def lines_of_orders(words: Words, heading: str) -> Guessed:
    """Rows that only the order's number and the line's together tell apart."""
    columns_of = headings(words, "opportunities")
    orders = table("data", [*columns_of.values(), heading], {})
    rows = tuple(
        replace(orders.table.rows[0], cells={columns_of["id"]: order, heading: line})
        for order, line in ("71", "72", "81")
    )
    return replace(orders, table=replace(orders.table, rows=rows))


def with_an_open_deal(words: Words, heading: str) -> Guessed:
    """An old deal that was won, and a later one that was still open."""
    columns_of = headings(words, "opportunities")
    columns_of.pop("expected_on")
    columns_of["closed_on"] = heading
    deals = table("data", list(columns_of.values()), {})
    rows = tuple(
        replace(deals.table.rows[0], cells={columns_of["stage"]: stage, heading: day})
        for stage, day in (("won", "2020-06-30"), ("open", "2020-10-20"))
    )
    return replace(deals, table=replace(deals.table, rows=rows))


def in_cells(words: Words, path: Path_) -> list[list[Guessed]]:
    """Tables in which a word, or a day in some spelling, stands in a cell."""
    part, field = IN_CELLS[str(path[0])]
    word = str(path[1]) if isinstance(at(words, path[:1]), Mapping) else at(words, path)
    cells = list(map(day_in, words["dates"])) if path[0] == "dates" else [word]
    columns_of = headings(words, part)
    return [[table("data", list(columns_of.values()), {columns_of[field]: cell})] for cell in cells]


def day_in(spelling: str) -> str:
    """A day that only this spelling reads."""
    for sign, text in (("YYYY", "2026"), ("MMM", "Feb"), ("MM", "02"), ("DD", "13")):
        spelling = spelling.replace(sign, text)
    return spelling


@pytest.mark.sampled(1)
def test_each_word_changes_a_draft(words: Words, sample: Sample) -> None:
    silent = [
        path
        for path in sample(tuple(entries(words)), 220)
        if path[0] not in ("encodings", "delimiters")
        and all(
            draft(export, words, "EUR", TODAY) == draft(export, without(words, path), "EUR", TODAY)
            for export in exports(words, path)
        )
    ]
    assert [(path, at(words, path)) for path in silent] == []


def test_each_encoding_and_delimiter_changes_what_is_read(words: Words, tmp_path: Path) -> None:
    texts = {
        "latin.csv": "Größe,Ort\n1,2\n".encode("cp1252"),
        "modern.csv": "Größe,Ort\n1,2\n".encode(),
        "chinese.csv": "客户,城市\n1,2\n".encode("gb18030"),
        "semicolon.csv": b"a;b\n1;2\n",
        "tab.csv": b"a\tb\n1\t2\n",
        "bar.csv": b"a|b\n1|2\n",
    }
    paths = [tmp_path / name for name in texts]
    for path, content in zip(paths, texts.values(), strict=True):
        path.write_bytes(content)
    before = columns_read(paths, words)
    assert before == [("Größe", "Ort")] * 2 + [("客户", "城市")] + [("a", "b")] * 3
    silent = [
        word
        for kind in ("encodings", "delimiters")
        for place, word in enumerate(words[kind])
        if columns_read(paths, without(words, (kind, place))) == before
    ]
    assert silent == []


def columns_read(paths: Sequence[Path], words: Words) -> list[tuple[str, ...]] | str:
    """The headings of each file, or why one cannot be read."""
    try:
        return [guessed.table.columns for guessed in guessed_tables(paths, words)]
    except WorkspaceError as error:
        return str(error)
