"""Delimited text as programs write it: rows with their lines, and an encoding that garbles nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.change.table.delimited import text_rows
from generator.change.table.encoding import decoded, garbled_word, likely_encoding
from generator.change.table.files import bytes_of
from generator.errors import WorkspaceError

FILE = "a.csv"


def rows_in(text: str, delimiter: str = ",") -> list[tuple[int, list[str]]]:
    return list(text_rows(text, FILE, delimiter))


ROWS: tuple[tuple[str, list[tuple[int, list[str]]]], ...] = (
    ("a,b\n1,2\n", [(1, ["a", "b"]), (2, ["1", "2"])]),
    # the line on which a row begins, whatever its quotes hold
    ('a,b\n"1\n2\n3",x\n4,y\n', [(1, ["a", "b"]), (2, ["1\n2\n3", "x"]), (5, ["4", "y"])]),
    ('a\r\n"1\r\n2"\r\n3\r\n', [(1, ["a"]), (2, ["1\r\n2"]), (4, ["3"])]),
    ("a\r1\r2\r", [(1, ["a"]), (2, ["1"]), (3, ["2"])]),
    ("a\n\n1\n", [(1, ["a"]), (2, []), (3, ["1"])]),
    # a first line for spreadsheet programs
    ("sep=;\r\na;b\r\n1,5;2\r\n", [(2, ["a", "b"]), (3, ["1,5", "2"])]),
    ('"sep=|"\na|b\n', [(2, ["a", "b"])]),
    ("sep=\t\na\tb\n", [(2, ["a", "b"])]),
    ("SEP=;\na;b\n", [(2, ["a", "b"])]),
    ("sep=ab,c\n", [(1, ["sep=ab", "c"])]),
    # quotes that people type
    ('a,b\nx,12" rack\n', [(1, ["a", "b"]), (2, ["x", '12" rack'])]),
    ('a,b\nx,"12" rack\n', [(1, ["a", "b"]), (2, ["x", "12 rack"])]),
    (f'a,b\nx,"{"m" * 140_000}"\n', [(1, ["a", "b"]), (2, ["x", "m" * 140_000])]),
    ("", []),
)


@pytest.mark.parametrize(("text", "rows"), ROWS)
def test_rows_with_the_lines_on_which_they_begin(
    text: str, rows: list[tuple[int, list[str]]]
) -> None:
    assert rows_in(text) == rows


@pytest.mark.parametrize(
    ("text", "delimiter", "message"),
    [
        ('a,b\n1,2\n3,"x\n4,y\n', ",", "a.csv:3: a quote opens in this row and never closes; close it, or export anew"),
        ('sep=;\na;b\n1;"2\n', ",", "a.csv:3: a quote opens in this row and never closes; close it, or export anew"),
        ("a,b\n", ";;", "a.csv: the delimiter ';;' is no single sign; write ';'"),
        ("a,b\n", '"', "a.csv: the delimiter '\"' is no single sign; write ';'"),
    ],
)  # fmt: skip
def test_text_that_is_no_table(text: str, delimiter: str, message: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        rows_in(text, delimiter)
    assert str(caught.value) == message


CHINESE = "客户,阶段,金额\n一线品牌,赢单,120000\nABC科技有限公司,输单,5000\n"
WESTERN = "Konto,Ort\nMüller & Söhne “Süd” €,Köln\nSociété Générale,Genève\n"
GARBLED = (
    (CHINESE.encode("gbk").decode("cp1252", "replace"), "¿Í»§"),
    ("海港物流".encode("gbk").decode("cp1252"), "º£¸ÛÎïÁ÷"),
    ("Müller,Köln".encode().decode("cp1252"), "MÃ¼ller"),
    ("a – b".encode().decode("cp1252"), "â€“"),
    ("Гавань,Москва".encode("cp1251").decode("cp1252"), "Ãàâàíü"),
    ("海港物流,臺北".encode("big5").decode("gb18030", "replace"), "\ue085"),
    ("A,Köln".encode("cp1252").decode("gb18030"), "K鰈n"),
    ("Harbor\ufffd", "Harbor\ufffd"),
    ("\x93Harbor\x94", "\x93Harbor\x94"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "word"), GARBLED[1:5] + GARBLED[6:])
def test_letters_that_no_language_mixes(text: str, word: str) -> None:
    assert garbled_word(text) == word


@pytest.mark.parametrize("text", [GARBLED[0][0], GARBLED[5][0]])
def test_a_garbled_text_has_such_a_word(text: str) -> None:
    assert garbled_word(text)


@pytest.mark.parametrize(
    "text",
    [
        CHINESE, WESTERN, "SÃO PAULO", "ÇA VA À L’ÉCOLE", "«CAFÉ»", "Ærø Smørrebrød ÅÄÖ", "Þýðandi", "Đường người Việt",
        "Гавань", "Λιμάνι", "İstanbul Muğla", "Łódź Žižka", "港物流株式会社", "カブシキ", "고객", "ABC電子", "臺灣積體電路",
        "IT部", "naïve €5", "™ ® ½", "שלום", "مرحبا", "ไทย", "हिन्दी", "👍🏽", "№ 5", "A\u200dB",
    ],
)  # fmt: skip
def test_letters_that_some_language_mixes(text: str) -> None:
    assert garbled_word(text) == ""


LIKELY = (
    (CHINESE.encode(), "utf-8"),
    (CHINESE.encode("gbk"), "gb18030"),
    ("客户\n㐀物流\n".encode("gb18030"), "gb18030"),
    ("account,city\nHarbor,上海\n".encode("gbk"), "gb18030"),
    (WESTERN.encode("cp1252"), "windows-1252"),
    ("a,b\nA,Köln\n".encode("cp1252"), "windows-1252"),
    ("a\nfür\nSüd\n".encode("cp1252"), "windows-1252"),
    (CHINESE.encode("utf-16"), "utf-16"),
    ("a\nMÃ¼ller\n".encode(), "utf-8"),
    ("клиент,город\nГавань,Москва\n".encode("cp1251"), None),
)


@pytest.mark.parametrize(("raw", "encoding"), LIKELY)
def test_gb18030_is_tried_before_windows_1252(raw: bytes, encoding: str | None) -> None:
    assert likely_encoding(raw) == encoding


def test_an_encoding_that_fits() -> None:
    assert decoded(CHINESE.encode("gbk"), FILE, "gb18030") == CHINESE
    assert decoded(WESTERN.encode("cp1252"), FILE, "cp1252") == WESTERN
    assert decoded(CHINESE.encode("utf-16"), FILE, None) == CHINESE
    assert decoded(b"\xef\xbb\xbfa", FILE, "gb18030") == "a"
    # a garbled name in UTF-8 is the CRM's, and told at its row
    assert decoded("a\nMÃ¼ller\n".encode(), FILE, None) == "a\nMÃ¼ller\n"
    # and so is one of several in another encoding
    text = "a\nKöln\nGenève\nMÃ¼ller\n"
    assert decoded(text.encode("cp1252"), FILE, "cp1252") == text


@pytest.mark.parametrize(
    ("raw", "encoding", "message"),
    [
        (CHINESE.encode("gbk"), None, "a.csv is not UTF-8 text (byte 1); save it as UTF-8, or write encoding: gb18030 beside it in the mapping"),
        (WESTERN.encode("cp1252"), None, "a.csv is not UTF-8 text (byte 12); save it as UTF-8, or write encoding: windows-1252 beside it in the mapping"),
        ("a\nГавань\n".encode("cp1251"), None, "a.csv is not UTF-8 text (byte 3); save it as UTF-8, or name its encoding in the mapping"),
        ("a\n海港物流\n".encode("gbk"), "cp1252", "a.csv is garbled as cp1252: 'º£¸ÛÎïÁ÷'; save it as UTF-8, or write encoding: gb18030 beside it in the mapping"),
        ("a\nКиїв\nГавань\n".encode("cp1251"), "cp1252", "a.csv is garbled as cp1252: 'Êè¿â'; name another encoding in the mapping, or save it as UTF-8"),
        ("a\nMüller\n".encode(), "cp1252", "a.csv is garbled as cp1252: 'MÃ¼ller'; save it as UTF-8, or write encoding: utf-8 beside it in the mapping"),
        ("a\nA,Köln\n".encode("cp1252"), "gb18030", "a.csv is garbled as gb18030: 'K鰈n'; save it as UTF-8, or write encoding: windows-1252 beside it in the mapping"),
        (b"\xff\xfea", None, "a.csv is not utf-16 text (byte 3); save it as UTF-8, or name its encoding in the mapping"),
        (b"abc", "hex", "a.csv cannot be read as hex; save it as UTF-8, or write encoding: utf-8 beside it in the mapping"),
    ],
)  # fmt: skip
def test_an_encoding_that_does_not_fit_is_one_line(
    raw: bytes, encoding: str | None, message: str
) -> None:
    with pytest.raises(WorkspaceError) as caught:
        decoded(raw, FILE, encoding)
    assert str(caught.value) == message


def test_a_file_that_is_too_large_or_not_there(tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(200_000_001)
    with pytest.raises(WorkspaceError) as caught:
        bytes_of(large)
    assert str(caught.value) == (
        "large.csv has 200,000,001 bytes; at most 200,000,000 are read: export it in parts"
    )
    with pytest.raises(WorkspaceError) as caught:
        bytes_of(tmp_path / "gone.csv")
    assert str(caught.value) == f"cannot read {tmp_path / 'gone.csv'}: No such file or directory"
