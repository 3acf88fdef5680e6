"""Workbooks and delimited files as broken disks, bad programs and bad people leave them."""

from __future__ import annotations

import datetime
import io
import random
import zipfile
from collections.abc import Callable

import openpyxl

from generator.change.bulk.sheets import fields_of, workbook_of
from generator.read import read_text
from tests.change.table.workbooks import packed, unpacked, workbook
from tests.workspace import SMALL_PLAYBOOK

MAPPING = """\
source: CRM
as_of: 2026-12-31
system: crm
currency: EUR
customer_months: 12
summary: S
tables:
  accounts: {file: FILE, sheet: accounts}
  deals: {file: FILE, sheet: deals}
accounts: {table: accounts, id: Id, name: Name}
opportunities:
  table: deals
  id: Deal
  account: Account
  stage: Stage
  stages: {won: [Won], lost: [Lost], open: [Open]}
  amount: Amount
  closed_on: Closed
"""
ACCOUNTS = (("Id", "Name"), ("A1", "Harbor Süd"), ("A2", "海港物流"), ("A3", "Beta"))
DEALS = (
    ("Deal", "Account", "Stage", "Amount", "Closed"),
    ("D1", "A1", "Won", 1234567.89, datetime.date(2026, 1, 2)),
    ("D2", "A2", "Won", 0.1, datetime.date(2026, 2, 2)),
    ("D3", "A3", "Lost", None, datetime.date(2026, 3, 2)),
    ("D4", "A1", "Open", 42, datetime.date(2027, 3, 2)),
)


def spreadsheet() -> bytes:
    """A workbook of two sheets as a library writes it, the same bytes each time."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (("accounts", ACCOUNTS), ("deals", DEALS)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    raw = io.BytesIO()
    book.save(raw)
    parts = unpacked(raw.getvalue())
    # what says when it was written
    return packed({name: part for name, part in parts.items() if not name.startswith("docProps/")})


def by_hand() -> bytes:
    """A workbook with every kind of cell and format."""
    cells = "".join(
        f'<c s="{style}"><v>{value}</v></c>'
        for style, value in enumerate(("1", "0.1", "42", "45992", "1.5", "7"))
    )
    more = '<c t="s"><v>0</v></c><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c><c><f>A1</f><v/></c>'
    return workbook(f"<row>{more}</row><row>{cells}</row>", "<si><t>Deal</t></si>")


def exported_for_changing() -> bytes:
    """A workbook of `export --fields`."""
    document = read_text(SMALL_PLAYBOOK.encode(), "playbooks/harbor.yaml")
    today = datetime.date(2026, 11, 23)
    return workbook_of((document,), fields_of(("account.owner", "account.reviewed")), today)


def delimited(encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """The deals as text."""
    rows = [delimiter.join("" if cell is None else str(cell) for cell in row) for row in DEALS]
    return "\r\n".join([*rows, '"a ""quoted"" note' + delimiter * 4 + '"', "海港 Süd"]).encode(
        encoding, "replace"
    )


Mutation = Callable[[random.Random, bytes], bytes]
NASTY = (
    "nan", "-1", "1e999999999", "9" * 5000, "XFD1048576", "ZZZZ99999999", "A0", "", "\ud7ff", "99999999",
    "=1+1", "&lt;", "0x10", "1,5", "²", "٣", "_xD800_", "true", "2026-02-30", "-0", "1e-400", ".", "+", "1.2.3",
)  # fmt: skip
BOMB = (
    '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "'
    + "&b;" * 20
    + '"><!ENTITY d "'
    + "&c;" * 20
    + '">]>'
)


def flipped(rng: random.Random, raw: bytes) -> bytes:
    """Some bytes are others."""
    changed = bytearray(raw)
    for _ in range(rng.randint(1, 12)):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def cut(rng: random.Random, raw: bytes) -> bytes:
    """The end is gone, or a piece from the middle."""
    begin = rng.randrange(len(raw))
    return raw[:begin] + (b"" if rng.random() < 0.5 else raw[rng.randrange(begin, len(raw)) :])


def doubled(rng: random.Random, raw: bytes) -> bytes:
    """A piece stands twice."""
    begin = rng.randrange(len(raw))
    end = rng.randrange(begin, len(raw))
    return raw[:end] + raw[begin:end] + raw[end:]


def _in_parts(change: Callable[[random.Random, dict[str, bytes]], None]) -> Mutation:
    def mutation(rng: random.Random, raw: bytes) -> bytes:
        parts = unpacked(raw)
        change(rng, parts)
        packing = rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
        return packed(parts, packing)

    mutation.__doc__ = change.__doc__
    return mutation


def _some(rng: random.Random, parts: dict[str, bytes]) -> str:
    return rng.choice(sorted(parts))


def _swapped(rng: random.Random, parts: dict[str, bytes]) -> None:
    """Two parts have each other's content."""
    one, other = _some(rng, parts), _some(rng, parts)
    parts[one], parts[other] = parts[other], parts[one]


def _dropped(rng: random.Random, parts: dict[str, bytes]) -> None:
    """A part is missing."""
    del parts[_some(rng, parts)]


def _cut_part(rng: random.Random, parts: dict[str, bytes]) -> None:
    """The XML of a part ends in the middle."""
    name = _some(rng, parts)
    parts[name] = parts[name][: rng.randrange(len(parts[name]))]


def _flipped_part(rng: random.Random, parts: dict[str, bytes]) -> None:
    """Letters of the XML are others; the archive is whole."""
    name = _some(rng, parts)
    parts[name] = flipped(rng, parts[name])


def _far(rng: random.Random, parts: dict[str, bytes]) -> None:
    """A cell at the end of the largest sheet, or a dimension that says so."""
    for name in [name for name in sorted(parts) if "/worksheets/sheet" in name]:
        place = rng.choice((b"XFD1048576", b"XFD1", b"A1048576", b"ZZZ9999999"))
        cell = b'<row r="1048576"><c r="%s"><v>1</v></c></row></sheetData>' % place
        text = parts[name].replace(b"</sheetData>", cell if rng.random() < 0.7 else b"</sheetData>")
        parts[name] = text.replace(b'<dimension ref="', b'<dimension ref="A1:%s" x="' % place)


def _wide(rng: random.Random, parts: dict[str, bytes]) -> None:
    """Rows without end, each with a cell at the far right."""
    name = next(name for name in sorted(parts) if "/worksheets/sheet" in name)
    rows = b'<row><c r="XFD1"><v>1</v></c></row>' * rng.choice((200, 2000))
    parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")


def _entities(rng: random.Random, parts: dict[str, bytes]) -> None:
    """Entities that multiply, or that name a file."""
    name = _some(rng, parts)
    head = rng.choice((BOMB, '<!DOCTYPE a [<!ENTITY d SYSTEM "file:///etc/hostname">]>'))
    text = parts[name].decode("utf-8")
    begin = text.index("?>") + 2 if text.startswith("<?xml") else 0
    end = text.rindex("</") if "</" in text else len(text)
    parts[name] = f"{text[:begin]}{head}{text[begin:end]}&d;{text[end:]}".encode()


def _nasty(rng: random.Random, parts: dict[str, bytes]) -> None:
    """Values and attributes are what they cannot be."""
    for name in sorted(parts):
        pieces = parts[name].decode("utf-8").split('"')
        for _ in range(3):
            if len(pieces) > 2:
                pieces[rng.randrange(1, len(pieces), 2)] = rng.choice(NASTY)
        text = '"'.join(pieces)
        for value in ("1234567.89", "0.1", ">0<", ">1<", ">42<"):
            if rng.random() < 0.3:
                text = text.replace(
                    value, f">{rng.choice(NASTY)}<" if ">" in value else rng.choice(NASTY)
                )
        parts[name] = text.encode("utf-8", "replace")


def _bomb(rng: random.Random, parts: dict[str, bytes]) -> None:
    """A part that unpacks to a hundred times what the file has."""
    name = _some(rng, parts)
    parts[name] = parts[name] + b" " * rng.choice((1_000_000, 12_000_000))


def _noise(rng: random.Random, raw: bytes) -> bytes:
    """Any bytes, behind the first that are right."""
    return raw[: rng.randrange(60)] + rng.randbytes(rng.randrange(2000))


def _signs(rng: random.Random, raw: bytes) -> bytes:
    """Quotes, delimiters, line ends, NULs and half letters where they do not belong."""
    changed = bytearray(raw)
    for _ in range(rng.randint(1, 30)):
        sign = rng.choice(
            (b'"', b",", b";", b"\t", b"\r", b"\n", b"\0", b"\xff", b"\xc3", b"sep=;\n", b"\x81")
        )
        place = rng.randrange(len(changed) + 1)
        changed[place:place] = sign
    return bytes(changed)


def _other_text(rng: random.Random, _raw: bytes) -> bytes:
    """Another encoding or delimiter than the mapping says."""
    encoding = rng.choice(
        (
            "utf-8",
            "utf-8-sig",
            "utf-16",
            "utf-16-le",
            "utf-32",
            "gbk",
            "big5",
            "cp1252",
            "cp1251",
            "cp932",
        )
    )
    return delimited(encoding, rng.choice((",", ";", "\t", "|")))


def _long(rng: random.Random, raw: bytes) -> bytes:
    """A cell of many bytes, in quotes that may never close."""
    return raw + b'\r\n"' + b"m" * rng.choice((140_000, 3_000_000)) + rng.choice((b"", b'"'))


WORKBOOK = {
    "flipped": flipped, "cut": cut, "doubled": doubled, "noise": _noise,
    "swapped": _in_parts(_swapped), "dropped": _in_parts(_dropped), "cut part": _in_parts(_cut_part),
    "flipped part": _in_parts(_flipped_part), "far": _in_parts(_far), "wide": _in_parts(_wide),
    "entities": _in_parts(_entities), "nasty": _in_parts(_nasty), "bomb": _in_parts(_bomb),
}  # fmt: skip
TEXT = {
    "flipped text": flipped, "cut text": cut, "doubled text": doubled, "noise in text": _noise,
    "signs": _signs, "other text": _other_text, "long": _long,
}  # fmt: skip
KINDS = (*WORKBOOK, *TEXT)


def mutated(kind: str, number: int) -> bytes:
    """The bytes of a case, the same each time; of each kind of workbook in turn."""
    rng = random.Random(f"{kind} {number}")
    if kind in TEXT:
        return TEXT[kind](rng, delimited())
    sources = (spreadsheet, by_hand, exported_for_changing)
    return WORKBOOK[kind](rng, sources[number % len(sources)]())
