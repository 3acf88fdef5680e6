"""A language comes from a PO file, and a file that is none is told with its line."""

from __future__ import annotations

import re

import pytest

from generator.language import ENGLISH, language_from, say, speaking

HEAD = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'


def test_a_language_says_its_own_name() -> None:
    chinese = language_from("zh", HEAD.encode())
    assert [(language.code, language.name, language.locale) for language in (ENGLISH, chinese)] == [
        ("en", "English", "en_GB"),
        ("zh", "中文", "zh_Hans_CN"),
    ]


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        ('msgid "Risk"\nmsgstr "风险"\n', "风险"),
        ('msgid "Risk"\nmsgstr ""\n', "Risk"),
        ('#, fuzzy\nmsgid "Risk"\nmsgstr "险"\n', "Risk"),
        ('#~ msgid "Risk"\n#~ msgstr "险"\n', "Risk"),
        ('msgid ""\n"Ri"\n"sk"\nmsgstr ""\n"风"\n"险"\n', "风险"),
        ("", "Risk"),
    ],
    ids=["translated", "empty", "fuzzy", "no longer used", "of several lines", "not there"],
)
def test_what_is_not_translated_is_english(entry: str, shown: str) -> None:
    with speaking(language_from("zh", (HEAD + entry).encode())):
        assert say("Risk") == shown


BROKEN = {
    "a line of nothing": (b'msgid "Risk"\nmsgstr "x"\nnonsense\n', "line 7: "),
    "not UTF-8": (b'msgid "Risk"\nmsgstr "\xff"\n', "not a file of translations: "),
    "no end of a quote": (b'msgid "Risk"\nmsgstr "x\n', "line 6: a text without its closing quote"),
    "no quotes": (b'msgid "Risk"\nmsgstr x\n', "line 6: a text without its closing quote"),
    "another name": (
        b'msgid "Next: {what}"\nmsgstr "{wat}"\n',
        "line 5: 'Next: {what}' has no {wat}",
    ),
    "a lone brace": (
        b'msgid "Next: {what}"\nmsgstr "{what"\n',
        "line 5: 'Next: {what}' has no {",
    ),
    "a name of a template": (
        b'msgid "Next: %(what)s"\nmsgstr "%(wat)s"\n',
        "line 5: 'Next: %(what)s' has no %(wat)s",
    ),
    "a lone per cent sign": (
        b'msgid "%(share)s %% of rules"\nmsgstr "%(share)s %"\n',
        "line 5: '%(share)s %% of rules' has no %",
    ),
    "a per cent sign of its own": (
        b'msgid "All"\nmsgstr "100%"\n',
        "line 5: 'All' has no %",
    ),
    "a tag of its own": (
        b'msgid "<b>%(n)s</b> gaps"\nmsgstr "<b>%(n)s</b><img src=x onerror=alert(1)>"\n',
        "line 5: '<b>%(n)s</b> gaps' has no <img src=x onerror=alert(1)>",
    ),
    "a tag with an attribute more": (
        b'msgid "<b>All</b>"\nmsgstr "<b onclick=x>All</b>"\n',
        "line 5: '<b>All</b>' has no <b onclick=x>",
    ),
    "a tag that is not closed": (
        b'msgid "All"\nmsgstr "All <img src=x"\n',
        "line 5: 'All' has no <",
    ),
    "a count": (
        b'msgid "{count} gap"\nmsgid_plural "{count} gaps"\nmsgstr[0] "{number}"\n',
        "line 5: '{count} gap' has no {number}",
    ),
}


@pytest.mark.parametrize(("entry", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told(entry: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        language_from("zh", HEAD.encode() + entry)


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "{number} %"\nmsgstr "{number}%"\n',
        'msgid "A quote: \\"x\\""\nmsgstr "\\"x\\""\n',
        'msgid "none of {what}"\nmsgstr "没有"\n',
        'msgid "To {the} letter"\nmsgstr "一字不差 {the}"\n',
        'msgid "Half, 50 %"\nmsgstr "一半，50%"\n',
        'msgid "{count} gap"\nmsgid_plural "{count} gaps"\nmsgstr[0] "缺口"\n',
    ],
)
def test_a_value_may_stand_elsewhere_or_nowhere(entry: str) -> None:
    assert language_from("zh", (HEAD + entry).encode()).code == "zh"
