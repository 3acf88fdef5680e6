"""What is not fit to publish is found before anyone sees it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.pages.tree import Page, SiteTree, StaticFile
from generator.site.verify import verify

TREE = SiteTree(
    pages=(Page(path="index.md", markdown="", fragments={}),),
    files=(StaticFile(path="a.css", content=b""),),
)
ONLY = "only http, https and mailto may be linked to"


def site(folder: Path, body: str) -> Path:
    (folder / "sub").mkdir(parents=True)
    (folder / "index.html").write_text(f'<html><body id="top">{body}</body></html>')
    (folder / "sub" / "index.html").write_text(
        '<h1 id="risk&amp;co">Sub</h1><a name=old></a><p id=风险><input name="search">'
    )
    (folder / "a.css").write_text("p { background: url(pic.png) }")
    return folder


FAULTS = [
    # dead links
    ('<a href="gone.html">', "the link gone.html leads nowhere"),
    ('<a href="../index.html">', "the link ../index.html leads nowhere"),
    ('<a href="sub/#no">', "the link sub/#no leads to a place that sub/index.html does not have"),
    ('<a href="sub/#search">', "the link sub/#search leads to a place that sub/index.html does not have"),
    ('<a href="#no">', "the link #no leads to a place that index.html does not have"),
    ('<area href="gone.html">', "the link gone.html leads nowhere"),
    ("<img src=pic.png>", "the link pic.png leads nowhere"),
    ('<p title=" x="><a href="gone.html">', "the link gone.html leads nowhere"),
    ('<a href=gone.html title=">', "the link gone.html leads nowhere"),
    ('<img srcset="a.css 1x, pic.png 2x">', "the link pic.png leads nowhere"),
    ('<link rel="stylesheet" href="b.css">', "the link b.css leads nowhere"),
    ('<svg><use xlink:href="shapes.svg#dot"/></svg>', "the link shapes.svg#dot leads nowhere"),
    ('<A HREF = "gone.html">', "the link gone.html leads nowhere"),
    # loaded from outside
    ('<script src="https://cdn.example/x.js">', "loads https://cdn.example/x.js from outside"),
    ('<img alt="a > b" src="//cdn.example/x.png">', "loads //cdn.example/x.png from outside"),
    ("<link rel=stylesheet href='http://e.example/x.css'>", "loads http://e.example/x.css from outside"),
    ('<link rel=preconnect href="https://e.example">', "loads https://e.example from outside"),
    ('<iframe src="https://e.example/">', "loads https://e.example/ from outside"),
    ('<img src="file:///etc/x.png">', "loads file:///etc/x.png from outside"),
    ('<script src="data:text/javascript,alert(1)">', "loads data:text/javascript,alert(1) from outside"),
    ('<object data="https://e.example/x">', "loads https://e.example/x from outside"),
    ('<form action="https://e.example/">', "loads https://e.example/ from outside"),
    ('<button formaction="https://e.example/">', "loads https://e.example/ from outside"),
    ('<video poster="https://e.example/x.png">', "loads https://e.example/x.png from outside"),
    ('<img srcset="a.css 1x, https://e.example/x.png 2x">', "loads https://e.example/x.png from outside"),
    ('<svg><image href="https://e.example/x.png"/></svg>', "loads https://e.example/x.png from outside"),
    ('<p style="background:url(https://e.example/x.png)">', "loads https://e.example/x.png from outside"),
    ("<style>@import '//e.example/x.css';</style>", "loads //e.example/x.css from outside"),
    # links that do something else than lead somewhere
    ('<a href="javascript:alert(1)">', f"links to javascript:alert(1); {ONLY}"),
    ('<a href="&#106;avascript:x">', f"links to javascript:x; {ONLY}"),
    ('<a href=" java\nscript:x">', f"links to javascript:x; {ONLY}"),
    ('<a href="data:text/html,x">', f"links to data:text/html,x; {ONLY}"),
    ('<a href="file:///etc/hosts">', f"links to file:///etc/hosts; {ONLY}"),
    ('<a href="//e.example/">', f"links to //e.example/; {ONLY}"),
    # what should not be there
    ('<div data-fragment="x"></div>', "a placeholder is left"),
    ("<span DATA-FRAGMENT=x>", "a placeholder is left"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "fault"), FAULTS, ids=[body for body, _ in FAULTS])
def test_each_fault_is_named(tmp_path: Path, body: str, fault: str) -> None:
    with pytest.raises(BuildError) as caught:
        verify(site(tmp_path / "site", body), TREE)
    assert str(caught.value) == f"the site is not fit to publish: index.html: {fault}"


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://elsewhere.example/">',
        '<a href="http://[broken">',
        '<a href="HTTPS://elsewhere.example/#x">',
        '<a href="mailto:a@b.example">',
        '<a href="sub/#risk&amp;co">',
        '<a href="sub/#risk%26co">',
        '<a href="sub/#%E9%A3%8E%E9%99%A9">',
        '<a href="sub/index.html#old">',
        '<a href="sub/">',
        '<a href="./sub/../sub/index.html">',
        '<a href=".">',
        '<a href="./#top">',
        '<a href="#top">',
        '<a href="#">',
        '<a href="">',
        '<a href="a.css?v=1">',
        '<a href="a.css#L3">',
        '<a class="x" title="see href=gone.html" data-href="gone.html" href="a.css">',
        '<p title="data-fragment=x">data-fragment=x</p>',
        '<img src="data:image/png;base64,AA==">',
        '<link rel="icon" href="data:,">',
        '<link rel="canonical" href="https://e.example/">',
        "<p style=\"background:url('data:image/png;base64,AA==')\">",
        "text that says href=&quot;gone.html&quot; or &lt;img src=x&gt; or url(https://e.example/)",
    ],
)
def test_what_is_fine_passes(tmp_path: Path, body: str) -> None:
    verify(site(tmp_path / "site", body), TREE)
    assert (tmp_path / "site" / "index.html").is_file()


def test_from_a_folder_links_lead_to_its_neighbours(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", "")
    (folder / "sub" / "page.html").write_text('<a href="."><a href="../a.css"><a href="a.css">')
    with pytest.raises(BuildError) as caught:
        verify(folder, TREE)
    assert str(caught.value) == (
        "the site is not fit to publish: sub/page.html: the link a.css leads nowhere"
    )


def test_a_style_sheet_loads_nothing_from_outside(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", "")
    (folder / "a.css").write_text('@font-face { src: url("https://fonts.example/x.woff2") }')
    with pytest.raises(BuildError) as caught:
        verify(folder, TREE)
    assert str(caught.value) == (
        "the site is not fit to publish: a.css: loads https://fonts.example/x.woff2 from outside"
    )


def test_the_page_for_what_is_not_found_begins_at_the_host(tmp_path: Path) -> None:
    """Where the site lies on its host is not known, so only what it loads is looked at."""
    folder = site(tmp_path / "site", "")
    (folder / "404.html").write_text('<a href="/sub/path/index.html"><script src="/sub/x.js">')
    verify(folder, TREE)
    (folder / "404.html").write_text('<script src="https://cdn.example/x.js">')
    with pytest.raises(BuildError) as caught:
        verify(folder, TREE)
    assert str(caught.value) == (
        "the site is not fit to publish: 404.html: loads https://cdn.example/x.js from outside"
    )


def test_missing_pages_and_files_and_the_count_of_the_rest(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", "".join(f'<a href="x{i:04}.html">' for i in range(1012)))
    (folder / "a.css").unlink()
    with pytest.raises(BuildError) as caught:
        verify(folder, TREE)
    shown = "; ".join(f"index.html: the link x{i:04}.html leads nowhere" for i in range(9))
    assert str(caught.value) == (
        f"the site is not fit to publish: a.css is missing; {shown}; and 1,003 more"
    )
    (folder / "index.html").unlink()
    with pytest.raises(BuildError) as caught:
        verify(folder, TREE)
    assert str(caught.value) == (
        "the site is not fit to publish: index.html is missing; a.css is missing"
    )


def test_a_long_address_does_not_fill_the_screen(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as caught:
        verify(site(tmp_path / "site", f'<iframe src="data:text/html,{"x" * 500}">'), TREE)
    assert str(caught.value) == (
        f"the site is not fit to publish: index.html: loads data:text/html,{'x' * 65}… from outside"
    )


def test_bytes_that_are_no_text_are_looked_at_too(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", "")
    (folder / "index.html").write_bytes(b'\xff\xfe<a href="gone.html">')
    with pytest.raises(BuildError) as caught:
        verify(folder, TREE)
    assert str(caught.value) == (
        "the site is not fit to publish: index.html: the link gone.html leads nowhere"
    )


def test_time_grows_with_the_page_and_no_faster(tmp_path: Path) -> None:
    """Twenty times the signs take about twenty times as long, whatever they are."""
    seconds = []
    for many in (2_000, 40_000):
        hostile = ("<a " * many) + ("<a href=" * many) + ("<a x=' " * many) + ("<p " + "b" * many)
        folder = site(tmp_path / str(many), hostile + ("<style " * many) + "<x style='" * many)
        start = time.process_time()
        verify(folder, TREE)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 200 * max(seconds[0], 0.001)
