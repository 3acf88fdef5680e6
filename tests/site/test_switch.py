"""A site in two languages: each page leads to the same page in the other, and speaks its own."""

from __future__ import annotations

import gettext
import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.language import ENGLISH, Language
from generator.pages.tree import SiteTree
from generator.site import publish_site, write_pages
from generator.site.builder import Switch
from generator.site.files import html_name
from tests.site.trees import TODAY, tree

CHINESE = Language(code="zh", translations=gettext.NullTranslations())
BOTH = Switch(languages=(ENGLISH, CHINESE))
ALTERNATES = re.compile(r'<a href="?([^"\s>]+)"? hreflang="?([a-z]+)')


@pytest.mark.parametrize(
    ("html", "page", "here", "expected"),
    [
        (
            '<a href="../zh/index.html" hreflang="zh" class="x">',
            "accounts/acme.html",
            "en",
            '<a href="../zh/accounts/acme.html" hreflang="zh" class="x">',
        ),
        (
            "<a href=../index.html hreflang=en class=x>",
            "index.html",
            "zh",
            "<a href=../index.html hreflang=en class=x>",
        ),
        (
            '<a href="../../index.html" hreflang="en">',
            "accounts/acme/numbers.html",
            "zh",
            '<a href="../../../accounts/acme/numbers.html" hreflang="en">',
        ),
        # the theme's script would look for a file beside what the head names
        (
            '<head><link rel="alternate" href="zh/index.html" hreflang="zh"> <meta name=a></head>',
            "a.html",
            "en",
            "<head><meta name=a></head>",
        ),
        # of another language, and no link to a language at all
        (
            '<a href="de/index.html" hreflang="de">',
            "a.html",
            "en",
            '<a href="de/index.html" hreflang="de">',
        ),
        (
            '<a href="b.html">hreflang="zh"</a>',
            "a.html",
            "en",
            '<a href="b.html">hreflang="zh"</a>',
        ),
    ],
)
def test_a_page_leads_to_its_like(html: str, page: str, here: str, expected: str) -> None:
    assert BOTH.on_page(html, page, here) == expected


def test_one_language_has_nothing_to_switch() -> None:
    alone = Switch(languages=(CHINESE,))
    assert alone.folders == {"zh": ""}
    assert alone.alternates("zh") == ()
    html = '<a href="zh/index.html" hreflang="zh">'
    assert alone.on_page(html, "accounts/acme.html", "zh") == html


def in_chinese(site: SiteTree) -> SiteTree:
    return replace(site, language=CHINESE)


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_both_languages_are_one_site(tmp_path: Path, builder: str) -> None:
    site = tree(body="<p>said</p>")
    publish_site(
        site, second=in_chinese(tree(body="<p>说</p>")), root=tmp_path, builder=builder, today=TODAY
    )
    for page in (html_name(made_page) for made_page in site.pages):
        english, chinese = tmp_path / "site" / page, tmp_path / "site" / "zh" / page
        assert '<html lang="en"' in english.read_text()
        assert '<html lang="zh"' in chinese.read_text()
        for here, path in (("en", english), ("zh", chinese)):
            links = {code: link for link, code in ALTERNATES.findall(path.read_text())}
            assert links.keys() == {"en", "zh"}, here
            assert (path.parent / links["en"]).resolve() == english.resolve()
            assert (path.parent / links["zh"]).resolve() == chinese.resolve()
    assert "<p>说</p>" in (tmp_path / "site" / "zh" / "index.html").read_text()
    assert "<p>said</p>" in (tmp_path / "site" / "index.html").read_text()


def test_a_fault_in_the_second_language_keeps_the_last_good_site(tmp_path: Path) -> None:
    publish_site(tree(body="<p>good</p>"), root=tmp_path, builder="mkdocs", today=TODAY)
    broken = in_chinese(tree(body='<a href="nowhere.html">x</a>'))
    with pytest.raises(
        BuildError, match=r"zh/accounts/index\.html: the link nowhere\.html leads nowhere"
    ):
        publish_site(tree(), second=broken, root=tmp_path, builder="mkdocs", today=TODAY)
    assert "<p>good</p>" in (tmp_path / "site" / "index.html").read_text()
    assert not (tmp_path / "site" / "zh").exists()


def test_a_site_in_chinese_alone_has_a_chinese_frame(tmp_path: Path) -> None:
    """Also when it is built by hand."""
    publish_site(in_chinese(tree()), root=tmp_path, builder="mkdocs", today=TODAY)
    page = (tmp_path / "site" / "index.html").read_text()
    assert '<html lang="zh"' in page
    assert ALTERNATES.findall(page) == []
    by_hand = write_pages(in_chinese(tree()), root=tmp_path)
    assert by_hand == tmp_path.resolve() / "build" / "by-hand.yml"
    assert 'theme: {"language": "zh"' in by_hand.read_text()
