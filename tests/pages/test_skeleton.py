"""The light Markdown: user text in it is text, whatever it tries to be."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import markdown  # type: ignore[import-untyped]
import pytest
import yaml
from markdown.extensions.toc import TocExtension  # type: ignore[import-untyped]

from generator.pages.encoder import as_html, encode, meta_text
from generator.pages.page import (
    SkeletonSection,
    front_matter,
    heading,
    page_html,
    page_markdown,
    placeholder,
)
from generator.site.splice import splice

HOSTILE = [
    "![x](x){onerror=alert(1)}",
    "[x](javascript:alert(1))",
    "<script>alert(1)</script>",
    "*a* _b_ **c** `d` ~e~",
    "# no heading {#mine}",
    "Word: metadata",
    "1. no list",
    "- no list",
    "    no code",
    "> no quote\n\n---\n\n| a | b |",
    "&lt;b&gt; &amp;",
    "<div data-fragment='risk'></div>",
    "上海·（港口）é 😀 \\ backslash",
    "{% raw %}{{ x }}",
    "[^1]: note",
    "$x$ !!! note",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_encoded_text_comes_out_of_markdown_as_the_same_text(text: str) -> None:
    html = markdown.markdown(encode(text), extensions=["attr_list", "tables", "toc"])
    match = re.fullmatch(r"<p>([^<>]*)</p>", html)
    assert match is not None
    assert unescape(match[1]) == " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_heading_keeps_its_own_id(text: str) -> None:
    html = markdown.markdown(heading(2, text, "risk"), extensions=["attr_list", "toc"])
    match = re.fullmatch(r'<h2 id="risk">([^<>]*)</h2>', html)
    assert match is not None
    assert unescape(match[1]) == " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_front_matter_is_yaml_and_holds_one_string(text: str) -> None:
    _, head, rest = front_matter(text, text, ("navigation",)).split("---\n")
    assert rest == ""
    assert yaml.safe_load(head) == {
        "title": meta_text(text),
        "description": meta_text(text),
        "hide": ["navigation"],
    }


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Smith & Co", "Smith & Co"),
        ("AT&T", "AT&amp;T"),
        ("<b>", "\u2039b\u203a"),
        ("&lt;/title&gt;", "&amp;lt;/title&amp;gt;"),
        ('say "x"', "say &quot;x&quot;"),
        ("two\nlines", "two lines"),
    ],
)
def test_titles_survive_themes_that_do_not_escape(text: str, safe: str) -> None:
    assert meta_text(text) == safe


def test_names_of_placeholders_are_plain() -> None:
    assert placeholder("head") == '<div data-fragment="head"></div>'
    with pytest.raises(ValueError, match="'A b' is no id"):
        placeholder("A b")


def test_a_whole_page() -> None:
    made = page_markdown(
        title="Harbor & Co",
        description="A customer",
        head="head",
        sentence="Customer, EMEA.",
        sections=[SkeletonSection(anchor="risk", title="Risk", sentence="Late go-live.")],
        hide=("navigation",),
    )
    assert made == (
        '---\ntitle: "Harbor & Co"\ndescription: "A customer"\nhide:\n  - navigation\n---\n\n\n'
        "# Harbor &#38; Co\n\nCustomer&#44; EMEA&#46;\n\n"
        '<div data-fragment="head"></div>\n\n'
        "## Risk {#risk}\n\nLate go&#45;live&#46;\n\n"
        '<div data-fragment="risk"></div>\n'
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_page_for_a_frame_is_what_the_builder_would_make_of_its_skeleton(text: str) -> None:
    line = " ".join(text.split())
    told: dict[str, Any] = {
        "title": "Harbor & Co",
        "sentence": line,
        "sections": [
            SkeletonSection(anchor="risk", title=line, sentence=line),
            SkeletonSection(anchor="plan", title="Plan"),
        ],
    }
    fragments = {"head": "<p>Head</p>", "risk": "<b>&amp;</b>", "plan": "<i>x</i>"}
    skeleton = page_markdown(description="", head="head", **told).split("---\n")[2]
    extensions = ["attr_list", "tables", TocExtension(permalink=True)]
    made = splice(markdown.markdown(skeleton, extensions=extensions), fragments)
    made = made.replace("harbor-co", "page").replace("&para;", "¶")
    assert _lines(page_html(fragments=fragments, **told)) == _lines(made)


def _lines(html: str) -> list[str]:
    """Each line with its signs written plain, without empty ones."""
    return [unescape(line) for line in html.splitlines() if line]


def test_between_tags_text_is_text() -> None:
    assert as_html("<b>&amp; 'x' \"y\"</b>") == "&lt;b&gt;&amp;amp; 'x' \"y\"&lt;/b&gt;"
