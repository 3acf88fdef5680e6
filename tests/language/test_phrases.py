"""What is said in another language: phrases and their values; what people wrote stays as it is."""

from __future__ import annotations

import datetime
import json
import pickle

import pytest
from markupsafe import escape

from generator.language import (
    ENGLISH,
    Language,
    language_from,
    phrase,
    phrases,
    said,
    say,
    say_count,
    speaking,
    spoken,
)
from generator.pages.engine import Engine

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Next: {what}"
msgstr "下一步：{what}"

msgid "no answer yet to: {what}"
msgstr "尚无对策：{what}"

msgid "{when} for {who}"
msgstr "{who}：{when}"

msgid "{count} finding"
msgid_plural "{count} findings"
msgstr[0] "{count} 个问题"

msgid "; "
msgstr "；"

msgid "open{loop}"
msgstr "未闭环{loop}"

msgid "open"
msgstr "未决"

msgid "100 % of {what}"
msgstr "{what}的 100%"

msgid "A plain {brace} word"
msgstr "普通的 {brace} 词"
"""


@pytest.fixture(scope="module")
def chinese() -> Language:
    return language_from("zh", PO.encode())


def test_a_phrase_is_its_english_text() -> None:
    text: str = phrase("no answer yet to: {what}", what="price")
    assert text == "no answer yet to: price"
    assert {text: 1}["no answer yet to: price"] == 1
    assert json.dumps([text]) == '["no answer yet to: price"]'


@pytest.mark.parametrize(
    ("text", "english", "expected"),
    [
        (phrase("Next: {what}", what="x"), "Next: x", "下一步：x"),
        (phrase("open"), "open", "未决"),
        (phrase("open{loop}", loop=""), "open", "未闭环"),
        (phrase("Next: {what}", what=phrase("open")), "Next: open", "下一步：未决"),
        (phrase("{when} for {who}", when="1", who="2"), "1 for 2", "2：1"),
        (phrase("100 % of {what}", what="5 %"), "100 % of 5 %", "5 %的 100%"),
        (phrases(("a", phrase("open")), "; "), "a; open", "a；未决"),
        (phrases((), "; "), "", ""),
        (phrase("Next: {what}", what=phrases("ab", "; ")), "Next: a; b", "下一步：a；b"),
        (phrase("not in the file: {what}", what="x"), "not in the file: x", "not in the file: x"),
        # as people wrote it, though it is the text of a message
        ("open", "open", "open"),
        ("Next: {what}", "Next: {what}", "Next: {what}"),
        (phrase("Next: {what}", what="open"), "Next: open", "下一步：open"),
    ],
)
def test_a_phrase_is_said(chinese: Language, text: str, english: str, expected: str) -> None:
    assert (text, said(text)) == (english, english)
    with speaking(chinese):
        assert said(text) == expected
    assert said(text) == english


@pytest.mark.parametrize(
    "written", ["{what}", "{}", "{0.__class__}", "{", "}", "%(what)s", "100 %", "%s", "<b>", "\\n"]
)
def test_what_people_wrote_stays_to_the_sign(chinese: Language, written: str) -> None:
    for language, before in ((ENGLISH, "Next: "), (chinese, "下一步：")):
        with speaking(language):
            assert say("Next: {what}", what=written) == before + written
            assert said(phrase("Next: {what}", what=written)) == before + written
            assert said(written) == written


def test_a_text_without_values_is_said_to_the_letter(chinese: Language) -> None:
    assert say("A plain {brace} word") == "A plain {brace} word"
    with speaking(chinese):
        assert say("A plain {brace} word") == "普通的 {brace} 词"
        assert say("") == ""


def test_a_phrase_may_stand_for_a_text_of_a_table(chinese: Language) -> None:
    with speaking(chinese):
        assert say(phrase("open")) == "未决"
        assert say(phrase("Next: {what}"), what="x") == "下一步：x"


@pytest.mark.parametrize(
    ("count", "english", "expected"),
    [
        (0, "0 findings", "0 个问题"),
        (1, "1 finding", "1 个问题"),
        (2, "2 findings", "2 个问题"),
        (1200, "1,200 findings", "1,200 个问题"),
    ],
)
def test_a_count_follows_the_language(
    chinese: Language, count: int, english: str, expected: str
) -> None:
    assert say_count("{count} finding", "{count} findings", count) == english
    with speaking(chinese):
        assert say_count("{count} finding", "{count} findings", count) == expected


def test_a_language_is_spoken_only_as_long_as_it_is_asked_for(chinese: Language) -> None:
    def broken_off() -> None:
        with speaking(chinese):
            with speaking(ENGLISH):
                assert say("open") == "open"
            assert say("open") == "未决"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert spoken() is ENGLISH


@pytest.mark.parametrize(
    "text",
    [
        phrase("open"),
        phrase("Next: {what}", what=phrase("open")),
        phrases((phrase("open"), "x"), "; "),
    ],
)
def test_a_phrase_is_known_in_another_process(chinese: Language, text: str) -> None:
    back = pickle.loads(pickle.dumps(text))
    assert (type(back), back) == (type(text), text)
    with speaking(chinese):
        assert said(back) == said(text) != text


def test_a_template_says_the_phrases_it_shows(chinese: Language) -> None:
    """Wherever it comes from, and its values are escaped as ever."""
    environment = Engine()._environment
    template = environment.from_string("{{ one }}|{{ two|capitalize }}|{{ three|listed }}")
    values = {
        "one": phrase("Next: {what}", what="<b>"),
        "two": phrase("{when} for {who}", when="a", who="b"),
        "three": [phrase("open"), "open"],
    }
    assert template.render(values) == f"Next: {escape('<b>')}|A for b|open, open"
    with speaking(chinese):
        assert template.render(values) == f"下一步：{escape('<b>')}|B：a|未决, open"


def test_a_day_among_the_values_is_written_as_the_language_writes_days(chinese: Language) -> None:
    text = phrase("Next: {what}", what=datetime.date(2026, 3, 4))
    assert said(text) == "Next: 2026-03-04"
    with speaking(chinese):
        assert said(text) == "下一步：2026年3月4日"
