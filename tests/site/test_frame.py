"""Pages in a frame: whole, with their own title, and no frame left."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.pages.brand import Brand
from generator.pages.tree import Frame
from generator.site import publish_site
from generator.site.frame import all_listed, framed
from tests.site.trees import TODAY, contents, in_frame, tree

AROUND = (
    '<head><meta name="description" content="frame description">'
    '<link rel="canonical" href="https://x.example/frames/deep/account.html">'
    "<title>frame title - Plans</title></head><b>frame title</b>"
    '<h1 id="page">frame title<a href="#page">¶</a></h1>\n<div data-fragment="page"></div><i></i>'
)


def test_a_page_has_its_own_words_in_its_frame() -> None:
    assert framed(AROUND, in_frame("accounts/a/numbers.html", html="<h1>All</h1>")) == (
        '<head><meta name="description" content="&#34;All&#34;">'
        '<link rel="canonical" href="https://x.example/accounts/a/numbers.html">'
        "<title>A &amp; B: all - Plans</title></head><b>A &amp; B: all</b>"
        "<h1>All</h1><i></i>"
    )


def test_what_a_page_says_is_never_taken_for_its_frame() -> None:
    page = dataclasses.replace(
        in_frame("accounts/a/numbers.html", html="frame title \\1"), title="frame description"
    )
    assert "<title>frame description - Plans</title>" in framed(AROUND, page)
    assert framed(AROUND, page).endswith("frame title \\1<i></i>")


@pytest.mark.parametrize("around", ["<h1 id=page>frame title</h1>", AROUND + AROUND])
def test_a_frame_that_the_builder_changed_is_one_line(around: str) -> None:
    with pytest.raises(BuildError, match=r"frames/deep/account\.md has no place for a/b\.html"):
        framed(around, in_frame("a/b.html"))


def test_search_engines_are_told_of_the_pages_in_frames_and_of_no_frame() -> None:
    entry = "<url>\n  <loc>https://x.example/{}.html</loc>\n    </url>\n    "
    before, after = f"<urlset>\n    {entry.format('a')}", f"{entry.format('b')}</urlset>"
    made = before + entry.format("frames/deep/page") + entry.format("frames/near") + after
    pages = [in_frame(f"method/{name}.html", Frame.NEAR) for name in ("c", "d")]
    listed = [entry.format("method/c"), entry.format("method/d")]
    assert all_listed(made, pages) == before + "".join(listed) + after


def test_a_site_has_pages_in_frames_and_no_frames(tmp_path: Path) -> None:
    brand = Brand(
        name="Plans", description="", site_url="https://x.example/p/", logo=None, favicon=None
    )
    site = dataclasses.replace(
        tree(1),
        framed=(
            in_frame("accounts/account-0/numbers.html"),
            in_frame("portfolio/brief.html", Frame.NEAR),
            in_frame("settings/shipped/tiers.html", Frame.DEEP),
        ),
        brand=brand,
    )
    release = publish_site(site, root=tmp_path, builder="mkdocs", today=TODAY)
    made = contents(release.folder)
    assert [name for name in made if "frames" in name] == []
    assert b"frames" not in made["sitemap.xml"]
    listed = re.findall("<loc>https://x.example/p/(.*)</loc>", made["sitemap.xml"].decode())
    assert sorted(listed) == sorted(
        name for name in made if name.endswith(".html") and name != "404.html"
    )
    for page in site.framed:
        html = made[page.path].decode()
        assert "<h1 id=page>All</h1>" in html
        assert f'<link rel="canonical" href="https://x.example/p/{page.path}">' in html
        assert "frame" not in re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
        up = "../" * page.path.count("/")
        assert f'href="{up}portfolio/money.html"' in html


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        release = publish_site(tree(2), root=tmp_path / name, builder="mkdocs", today=TODAY)
        made.append(contents(release.folder))
    assert made[0] == made[1]
