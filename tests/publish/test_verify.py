"""What is not fit to publish is found before anyone sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.publish.verify import verify
from generator.render.tree import Page, SiteTree, StaticFile

TREE = SiteTree(
    pages=(Page(path="index.md", markdown="", fragments={}),),
    files=(StaticFile(path="a.css", content=b""),),
)


def site(folder: Path, body: str) -> Path:
    (folder / "sub").mkdir(parents=True)
    (folder / "index.html").write_text(f'<html><body id="top">{body}</body></html>')
    (folder / "sub" / "index.html").write_text('<h1 id="risk&amp;co">Sub</h1><a name=old></a>')
    (folder / "a.css").write_text("")
    return folder


FAULTS = [
    ('<a href="gone.html">', "index.html: the link gone.html leads nowhere"),
    ('<a href="sub/#no">', "index.html: the link sub/#no leads to a place that sub/index.html does not have"),
    ('<a href="#no">', "index.html: the link #no leads to a place that index.html does not have"),
    ("<img src=pic.png>", "index.html: the link pic.png leads nowhere"),
    ('<script src="https://cdn.example/x.js">', "index.html: loads https://cdn.example/x.js from outside"),
    ('<img src="//cdn.example/x.png">', "index.html: loads //cdn.example/x.png from outside"),
    ("<link rel=stylesheet href='http://e.example/x.css'>", "index.html: loads http://e.example/x.css from outside"),
    ('<iframe src="https://e.example/">', "index.html: loads https://e.example/ from outside"),
    ('<a href="javascript:alert(1)">', "index.html: links to javascript:alert(1), a scheme that is not allowed"),
    ('<a href="&#106;avascript:x">', "index.html: links to javascript:x, a scheme that is not allowed"),
    ('<a href="file:///etc/hosts">', "index.html: links to file:///etc/hosts, a scheme that is not allowed"),
    ('<div data-fragment="x"></div>', "index.html: a placeholder is left"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "fault"), FAULTS, ids=[body for body, _ in FAULTS])
def test_each_fault_is_named(tmp_path: Path, body: str, fault: str) -> None:
    with pytest.raises(BuildError) as caught:
        verify(site(tmp_path / "site", body), TREE)
    assert str(caught.value) == f"the site is not fit to publish: {fault}"


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://elsewhere.example/">',
        '<a href="mailto:a@b.example">',
        '<a href="sub/#risk&amp;co">',
        '<a href="sub/index.html#old">',
        '<a href="sub/">',
        '<a href=".">',
        '<a href="./#top">',
        '<a href="#top">',
        '<a href="a.css?v=1">',
        '<img src="data:image/png;base64,AA==">',
        '<link rel="canonical" href="https://e.example/">',
        "text that says href=&quot;gone.html&quot; or &lt;img src=x&gt;",
    ],
)
def test_what_is_fine_passes(tmp_path: Path, body: str) -> None:
    verify(site(tmp_path / "site", body), TREE)
    assert (tmp_path / "site" / "index.html").is_file()


def test_missing_pages_and_files_and_the_count_of_the_rest(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", "".join(f'<a href="x{i:02}.html">' for i in range(12)))
    (folder / "a.css").unlink()
    with pytest.raises(BuildError) as caught:
        verify(folder, TREE)
    shown = "; ".join(f"index.html: the link x{i:02}.html leads nowhere" for i in range(9))
    assert str(caught.value) == (
        f"the site is not fit to publish: a.css is missing; {shown}; and 3 more"
    )
