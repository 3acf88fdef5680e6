"""Workbooks as programs write them, read as they are shown: right values, or one clear line."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from generator.change.table.cell import FaultyCell, NoValue, NumberCell, ShareCell
from generator.change.table.files import refuse_other_kinds
from generator.change.table.workbook import open_workbook
from generator.errors import WorkspaceError
from tests.change.table.workbooks import (
    MAIN,
    RELATED,
    packed,
    parts_of,
    style_of,
    unpacked,
    workbook,
)

FILE = "crm.xlsx"


def rows_in(raw: bytes, sheet: str | None = None, point: str = ".") -> list[tuple[int, list[str]]]:
    return list(open_workbook(raw, FILE).rows(sheet, point))


def only_cell(cell: str, texts: str = "", **changes: str) -> str:
    ((line, cells),) = rows_in(workbook(f'<row r="1">{cell}</row>', texts, **changes))
    assert (line, len(cells)) == (1, 1)
    return cells[0]


def number(value: str, style: str | int = "General") -> str:
    return f'<c r="A1" s="{style_of(style)}"><v>{value}</v></c>'


NUMBERS = (
    # as they stand, to the last digit
    ("42", "General", "42"),
    ("42.0", "General", "42"),
    ("-0", "General", "0"),
    ("1234567.89", "General", "1234567.89"),
    ("99999999999999.99", "General", "99999999999999.99"),
    ("12345678901234567890", "General", "12345678901234567890"),
    ("1.5E+3", "General", "1500"),
    ("-2.5e-3", "General", "-0.0025"),
    # without what binary numbers add
    ("1234567.8899999999", "General", "1234567.89"),
    ("0.30000000000000004", "General", "0.3"),
    ("0.7999999999999999", "General", "0.8"),
    # as they are shown
    ("42", "00000", "00042"),
    ("1234567", "00000", "1234567"),
    ("42.5", "00000", "42.5"),
    ("45992", "yyyy\\-mm\\-dd", "2025-12-01"),
    ("45992.34375", "yyyy\\-mm\\-dd", "2025-12-01"),
    ("45992", "d. mmm yy", "2025-12-01"),
    ("45992", '[$-804]yyyy"年"m"月"d"日"', "2025-12-01"),
    ("45992", 14, "2025-12-01"),
    ("45992.5", 22, "2025-12-01"),
    ("45992", 57, "2025-12-01"),
    ("1", 14, "1900-01-01"),
    ("59", 14, "1900-02-28"),
    ("61", 14, "1900-03-01"),
    ("2958465", 14, "9999-12-31"),
    ("0.34375", "hh:mm:ss", "08:15:00"),
    # no day, whatever the format says
    ("-1", 14, "-1"),
    ("2958466", 14, "2958466"),
    # formats with letters in them that mean nothing
    ("7.5", '0.0"days"', "7.5"),
    ("1.5", "[h]:mm", "1.5"),
    ("12.5", "#,##0.00 [$USD]", "12.5"),
    ("12.5", '_-* #,##0.00\\ "kr"_-;-* #,##0', "12.5"),
    ("12.5", "0.00E+00", "12.5"),
    ("1234", "00-00", "1234"),
)  # fmt: skip


@pytest.mark.parametrize(("value", "style", "text"), NUMBERS)
def test_a_number_is_read_as_it_is_shown(value: str, style: str | int, text: str) -> None:
    assert only_cell(number(value, style)) == text


@pytest.mark.parametrize("style", ["0%", "[Red]0.00%", 9])
def test_ten_per_cent_is_a_tenth(style: str | int) -> None:
    cell = only_cell(number("0.1", style))
    assert (cell, type(cell)) == ("0.1", ShareCell)


def test_a_number_has_the_point_of_the_mapping() -> None:
    ((_, cells),) = rows_in(workbook(f"<row>{number('1234567.89')}</row>"), point=",")
    assert cells == ["1234567,89"]
    assert type(cells[0]) is NumberCell


TEXTS = (
    ('<c r="A1" t="s"><v>0</v></c>', "Harbor"),
    ('<c r="A1" t="s"><v>1</v></c>', "Harbor Logistics"),
    ('<c r="A1" t="s"><v>2</v></c>', "東京"),
    ('<c r="A1" t="inlineStr"><is><t>a</t><r><t>b</t></r></is></c>', "ab"),
    ('<c r="A1" t="str"><f>A2</f><v>x</v></c>', "x"),
    ('<c r="A1" t="str"><f>""</f><v></v></c>', ""),
    ('<c r="A1" t="b"><v>1</v></c>', "true"),
    ('<c r="A1" t="b"><v>0</v></c>', "false"),
    ('<c r="A1" t="d"><v>2025-12-01T08:15:00</v></c>', "2025-12-01"),
    ('<c r="A1" t="str"><v>a_x000D_b</v></c>', "a\rb"),
    ('<c r="A1" t="str"><v>a_x005F_x000D_b</v></c>', "a_x000D_b"),
    ('<c r="A1" t="str"><v>_xD83D_</v></c>', "\ufffd"),
    # text where a number should be
    ('<c r="A1"><v>n/a</v></c>', "n/a"),
    ('<c r="A1" t="n"><v>12 000</v></c>', "12 000"),
    (f'<c r="A1"><v>{"9" * 5000}</v></c>', "9" * 5000),
    ('<c r="A1"><v>1e9999</v></c>', "1e9999"),
    # a place that is none: behind the cell before
    ("<c><v>7</v></c>", "7"),
    ('<c r="7"><v>7</v></c>', "7"),
    ('<c r="ABCD1"><v>7</v></c>', "7"),
)  # fmt: skip
SHARED = (
    "<si><t>Harbor</t></si><si><r><t>Harbor</t></r><r><t> Logistics</t></r></si>"
    "<si><t>東京</t><rPh><t>とうきょう</t></rPh></si>"
)


@pytest.mark.parametrize(("cell", "text"), TEXTS)
def test_a_cell_of_another_kind(cell: str, text: str) -> None:
    assert only_cell(cell, SHARED) == text


@pytest.mark.parametrize("sign", ["[", "_", "0", "%", "\\\\", "&quot;"])
def test_a_format_of_any_length_is_no_wait(sign: str) -> None:
    styles = f'<s><numFmts><numFmt numFmtId="200" formatCode="{sign * 300_000}"/></numFmts>'
    styles += '<cellXfs><xf numFmtId="200"/></cellXfs></s>'
    assert only_cell('<c s="0"><v>7</v></c>', styles=styles).lstrip("0") == "7"


def test_an_error_and_a_formula_without_a_value_say_so() -> None:
    error = only_cell('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
    missing = only_cell('<c r="A1"><f>A2+A3</f><v></v></c>')
    assert isinstance(error, FaultyCell)
    assert isinstance(missing, FaultyCell)
    assert (error, error.why) == ("#DIV/0!", NoValue.ERROR)
    assert (missing, missing.why) == ("", NoValue.NOT_COMPUTED)
    assert not isinstance(only_cell('<c r="A1"><f>A2</f><v>5</v></c>'), FaultyCell)


def test_the_other_count_of_days() -> None:
    parts = parts_of(f"<row>{number('44530', 14)}</row>")
    book = parts["xl/workbook.xml"].replace("<workbookPr/>", '<workbookPr date1904="1"/>')
    assert rows_in(packed({**parts, "xl/workbook.xml": book})) == [(1, ["2025-12-01"])]


ROWS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1"><v>1</v></c></row>'
READ = [(1, ["Harbor", "", "1"])]


def strict(parts: dict[str, str]) -> dict[str, str]:
    """The same parts in the namespaces of Strict Open XML."""
    namespaces = {
        MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
        RELATED: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    for old, new in namespaces.items():
        parts = {name: content.replace(old, new) for name, content in parts.items()}
    return parts


def test_whichever_program_wrote_it() -> None:
    """A wrong dimension and an empty fill are in all of them."""
    parts = parts_of(ROWS, SHARED)
    assert 'ref="A1"' in parts["xl/worksheets/sheet1.xml"]
    assert "<fill/>" in parts["xl/styles.xml"]
    moved = {name.replace("xl/worksheets/", "sheets/"): text for name, text in parts.items()}
    relations = "xl/_rels/workbook.xml.rels"
    moved[relations] = moved[relations].replace("worksheets/", "/sheets/")
    no_styles = {name: text for name, text in parts.items() if name != "xl/styles.xml"}
    prefixed = {
        name: text.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
        for name, text in parts.items()
    }
    for other in (
        parts,
        strict(parts),
        prefixed,
        moved,
        no_styles,
        {name.replace("/", "\\"): text for name, text in parts.items()},
        {name.upper(): text for name, text in parts.items()},
        {name: f"\ufeff{text}" for name, text in parts.items()},
        {**parts, "xl/calcChain.xml": "<broken", "docProps/core.xml": "<broken"},
    ):
        assert rows_in(packed(other)) == READ
    assert rows_in(packed(parts, zipfile.ZIP_STORED)) == READ
    assert rows_in(packed({name: text.encode("utf-16") for name, text in parts.items()})) == READ


def test_what_two_libraries_write() -> None:
    rows: list[list[str | float | None]] = [
        ["id", "amount"],
        ["00042", 1234567.89],
        [None, 0.1],
        ["é\n", True],
    ]
    theirs, other = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(theirs)
    written = xlsxwriter.Workbook(other)
    sheet = written.add_worksheet("Sheet")
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    written.close()
    wanted = [
        (1, ["id", "amount"]),
        (2, ["00042", "1234567.89"]),
        (3, ["", "0.1"]),
        (4, ["é\n", "true"]),
    ]
    assert rows_in(theirs.getvalue()) == wanted
    assert rows_in(other.getvalue()) == wanted


def test_rows_that_are_left_out_are_one_empty_row_and_numbers_never_go_back() -> None:
    cell = "<c><v>1</v></c>"
    rows = f'<row r="2">{cell}</row><row r="3">{cell}</row><row r="90">{cell}</row><row r="4">{cell}</row><row>{cell}</row><row r="x"/>'
    assert [line for line, _ in rows_in(workbook(rows))] == [1, 2, 3, 89, 90, 91, 92, 93]
    assert [line for line, cells in rows_in(workbook(rows)) if cells] == [2, 3, 90, 91, 92]


def test_a_lone_cell_at_the_far_end_is_no_wait() -> None:
    (gap, last) = rows_in(workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    assert gap == (1048575, [])
    assert (last[0], len(last[1]), last[1][-1]) == (1048576, 16384, "1")


def test_the_sheet_that_is_asked_for() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Accounts"
    book.create_chartsheet("Chart")
    book.create_sheet("Deals")["A1"] = "x"
    raw = io.BytesIO()
    book.save(raw)
    assert tuple(open_workbook(raw.getvalue(), FILE).sheets) == ("Accounts", "Deals")
    assert rows_in(raw.getvalue(), "Deals") == [(1, ["x"])]
    with pytest.raises(WorkspaceError) as caught:
        rows_in(raw.getvalue(), "Deal")
    assert str(caught.value) == "crm.xlsx has no sheet 'Deal'; it has: Accounts, Deals"


AGAIN = "open it in a spreadsheet program and save it again, or export it anew"
WHOLE = parts_of(ROWS, SHARED)
SHEET = WHOLE["xl/worksheets/sheet1.xml"]
BROKEN = (
    ({"sheet1": SHEET[:-30]}, f"crm.xlsx: sheet 'Deals' ends in the middle (line 1 of its XML); {AGAIN}"),
    ({"sheet1": SHEET.replace("</row>", "")}, f"crm.xlsx: sheet 'Deals' is broken (line 1 of its XML); {AGAIN}"),
    ({"sheet1": "\n\n&"}, f"crm.xlsx: sheet 'Deals' is broken (line 3 of its XML); {AGAIN}"),
    ({"sheet1": None}, f"crm.xlsx: sheet 'Deals' is missing; {AGAIN}"),
    ({"sheet1": WHOLE["xl/styles.xml"]}, f"crm.xlsx: sheet 'Deals' holds no cells; {AGAIN}"),
    ({"sharedStrings": SHEET}, f"crm.xlsx:1:1: a cell of sheet 'Deals' names a text or a style that the workbook does not have; {AGAIN}"),
    ({"sharedStrings": None}, f"crm.xlsx:1:1: a cell of sheet 'Deals' names a text or a style that the workbook does not have; {AGAIN}"),
    ({"sharedStrings": "<sst>"}, f"crm.xlsx: its list of texts ends in the middle (line 1 of its XML); {AGAIN}"),
    ({"styles": "<a>"}, f"crm.xlsx: its list of styles ends in the middle (line 1 of its XML); {AGAIN}"),
    ({"workbook": None}, f"crm.xlsx: its list of sheets is missing; {AGAIN}"),
    ({"workbook": "<workbook/>"}, "crm.xlsx has no sheet with cells; export it anew"),
    ({"sheet1": SHEET.replace("<v>0<", "<v>-1<")}, f"crm.xlsx:1:1: a cell of sheet 'Deals' names a text or a style that the workbook does not have; {AGAIN}"),
    ({"sheet1": '<!DOCTYPE x [<!ENTITY a "b">]>' + SHEET}, f"crm.xlsx: sheet 'Deals' declares entities, which no spreadsheet program writes; {AGAIN}"),
    ({"sharedStrings": '<!DOCTYPE x SYSTEM "file:///etc/hostname"><sst/>'}, f"crm.xlsx: its list of texts declares entities, which no spreadsheet program writes; {AGAIN}"),
)  # fmt: skip


@pytest.mark.parametrize(("changes", "message"), BROKEN)
def test_a_broken_workbook_says_which_part(changes: dict[str, str | None], message: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        rows_in(workbook(ROWS, SHARED, **changes))
    assert str(caught.value) == message


def test_no_more_is_unpacked_than_an_export_can_be() -> None:
    with pytest.raises(WorkspaceError) as caught:
        rows_in(workbook(ROWS, SHARED, sheet1=b" " * 11_000_000 + SHEET.encode()))
    assert str(caught.value) == (
        f"crm.xlsx: sheet 'Deals' unpacks to {11_000_000 + len(SHEET):,} bytes, more than an export"
        " can be; export it in parts, as .csv"
    )


def test_no_more_cells_are_read_than_an_export_can_have() -> None:
    """A cell at the end of each row stands for all before it: 1,221 of them are 20,004,864."""
    row = '<row><c r="XFD1"/></row>'
    with pytest.raises(WorkspaceError) as caught:
        rows_in(workbook(row * 1221))
    assert str(caught.value) == (
        "crm.xlsx: sheet 'Deals' has more than 20,000,000 cells; export it in parts"
    )
    assert sum(1 for _ in open_workbook(workbook(row * 1220), FILE).rows()) == 1220


def test_a_workbook_that_is_cut_is_not_whole() -> None:
    whole = workbook(ROWS, SHARED)
    for length in (4, 30, len(whole) // 2, len(whole) - 1):
        with pytest.raises(WorkspaceError) as caught:
            open_workbook(whole[:length], FILE)
        message = "crm.xlsx is not a whole workbook; save it again as .xlsx or .csv"
        assert str(caught.value) == message
    flipped = whole.replace(b"PK\x01\x02", b"PK\x01\x03", 1)
    with pytest.raises(WorkspaceError, match=r"^crm\.xlsx is not a whole workbook;"):
        open_workbook(flipped, FILE)


def test_a_part_whose_bytes_were_changed_cannot_be_unpacked() -> None:
    raw = bytearray(packed(parts_of(ROWS, SHARED), zipfile.ZIP_STORED))
    raw[raw.index(b"Harbor")] ^= 1
    with pytest.raises(WorkspaceError) as caught:
        rows_in(bytes(raw))
    assert str(caught.value) == f"crm.xlsx: its list of texts cannot be unpacked; {AGAIN}"


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
KINDS = (
    (COMPOUND + "Workbook".encode("utf-16-le"), "crm.xlsx is an old Excel workbook (.xls), no table; open it and save it as .xlsx"),
    (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "crm.xlsx is a workbook with a password, no table; save it without one"),
    (COMPOUND, "crm.xlsx is an old Office document, no table; open it in a spreadsheet program and save it as .xlsx or .csv"),
    (b"\xef\xbb\xbf\r\n<HTML><table><tr><td>1", "crm.xlsx is a web page (HTML), no table; open it in a spreadsheet program and save it as .xlsx or .csv"),
    (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "crm.xlsx is an XML document, no table; open it in a spreadsheet program and save it as .xlsx or .csv"),
    (b"%PDF-1.7", "crm.xlsx is a PDF, no table; export the data as .xlsx or .csv"),
    (b"\x1f\x8b\x08", "crm.xlsx is compressed (gzip), no table; unpack it first"),
    (packed({"xl/workbook.bin": ""}), "crm.xlsx is a binary workbook (.xlsb), no table; open it and save it as .xlsx"),
    (packed({"mimetype": "", "content.xml": ""}), "crm.xlsx is an OpenDocument file (.ods), no table; open it in a spreadsheet program and save it as .xlsx or .csv"),
    (packed({"accounts.csv": ""}), "crm.xlsx is an archive of files (zip), no table; unpack it first"),
    (bytes(range(256)) * 9, "crm.xlsx is no workbook, and no text either; export it again, or open it in the program that made it and save it as .xlsx"),
    (packed({"word/document.xml": ""}), "crm.xlsx is a Word document, no table; put its table into a workbook"),
)  # fmt: skip


@pytest.mark.parametrize(("raw", "message"), KINDS)
def test_a_file_is_told_by_what_it_is(raw: bytes, message: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        refuse_other_kinds(raw, FILE)
    assert str(caught.value) == message


def test_workbooks_and_text_are_no_other_kind() -> None:
    for raw in (workbook(ROWS), b"", b"account;city\n", b"<3;x\n", b"PK\x03\x04", b"a,<html>\n"):
        refuse_other_kinds(raw, FILE)
    assert unpacked(workbook(ROWS)).keys() == parts_of(ROWS).keys()
