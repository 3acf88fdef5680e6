"""Workbooks written part by part, so that a test can have in them what no library writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

FORMATS = (
    "General", "0%", "00000", "yyyy\\-mm\\-dd", "[h]:mm", '0.0"days"', "[Red]0.00%",
    '[$-804]yyyy"年"m"月"d"日"', "#,##0.00 [$USD]", "hh:mm:ss", "00-00", "0.00E+00",
    '_-* #,##0.00\\ "kr"_-;-* #,##0', "d. mmm yy", "Standard",
)  # fmt: skip
BUILT_IN = (9, 14, 22, 49, 57)
"""The styles behind these: 10 %, a day, a day with its time, text, a day in Chinese."""


def style_of(name: str | int) -> int:
    """The number of a style, by its format."""
    return len(FORMATS) + BUILT_IN.index(name) if isinstance(name, int) else FORMATS.index(name)


def parts_of(rows: str, texts: str = "") -> dict[str, str]:
    """The parts of a workbook with one sheet, 'Deals', that has these rows."""
    spelled = "".join(
        f'<numFmt numFmtId="{200 + place}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for place, code in enumerate(FORMATS)
    )
    numbers = (*(200 + place for place in range(len(FORMATS))), *BUILT_IN)
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><workbookPr/><sheets>'
            '<sheet name="Deals" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "styles", "styles.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/>'
            f"<sheetData>{rows}</sheetData></worksheet>"
        ),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{MAIN}"><numFmts>{spelled}</numFmts><fills><fill/></fills>'
            f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>'
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
    }


def _relations(*parts: tuple[str, str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="{id_}" Type="{RELATED}/{kind}" Target="{target}"/>'
        for id_, kind, target in parts
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def packed(parts: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts as the bytes of a workbook, the same ones each time."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, packing)
    return raw.getvalue()


def unpacked(raw: bytes) -> dict[str, bytes]:
    """The parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def workbook(rows: str, texts: str = "", **changes: str | bytes | None) -> bytes:
    """The bytes of a workbook with such rows; `changes` are whole parts by the end of their names."""
    parts: dict[str, str | bytes] = dict(parts_of(rows, texts))
    for end, content in changes.items():
        name = next(name for name in parts if name.rpartition("/")[2].partition(".")[0] == end)
        if content is None:
            del parts[name]
        else:
            parts[name] = content
    return packed(parts)
