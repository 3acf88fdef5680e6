"""The summary's Markdown: what is allowed becomes HTML, all else stays text."""

from __future__ import annotations

import pytest

from generator.pages.rich_text import allowed_link, rich_text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\n\nb", "<p>a</p>\n<p>b</p>\n"),
        ("**a** *b*", "<p><strong>a</strong> <em>b</em></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        (
            "[a](https://x.example/?q=1&r=2)",
            '<p><a href="https://x.example/?q=1&amp;r=2" rel="noopener nofollow">a</a></p>\n',
        ),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("# x", "<p># x</p>\n"),
        ("`x`", "<p>`x`</p>\n"),
        ("> x", "<p>&gt; x</p>\n"),
        ("<https://x.example>", "<p>&lt;https://x.example&gt;</p>\n"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](&#106;avascript:x)", "<p>[a](javascript:x)</p>\n"),
        ("[a](//x.example)", "<p>[a](//x.example)</p>\n"),
        ("全力开发", "<p>全力开发</p>\n"),
        (
            "全力，\n开发\n\n- 一\n- 二",
            "<p>全力，开发</p>\n<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n",
        ),
    ],
)
def test_what_becomes_of_text(text: str, html: str) -> None:
    assert rich_text(text) == html


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://x.example", True),
        ("HTTP://x.example", True),
        ("mailto:a@x.example", True),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("java%73cript:alert(1)", False),
        ("%256a%2561vascript:x", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("/local", False),
        ("#here", False),
        ("", False),
    ],
)
def test_which_links_may_be_followed(url: str, allowed: bool) -> None:
    assert allowed_link(url) is allowed
