"""Real builds: everything in order, at once, and the last good site stands."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.pages.tree import Page, SiteTree, StaticFile
from generator.site import Release, publish_site
from generator.site.disk import only_build
from generator.site.release import MARKER
from tests.site.trees import TODAY, contents, tree


def publish(root: Path, site: SiteTree, builder: str = "mkdocs", **options: object) -> Release:
    return publish_site(site, root=root, builder=builder, today=TODAY, **options)  # type: ignore[arg-type]


def test_a_site_is_published_in_this_order(tmp_path: Path) -> None:
    steps: list[str] = []
    release = publish(tmp_path, tree(body="<p>hello</p>"), on_progress=steps.append)
    assert steps == ["writing pages", "building with mkdocs", "putting pages together", "verifying"]
    assert release.index == tmp_path / "site" / "index.html"
    assert (tmp_path / "site").readlink() == Path("build", "releases", release.folder.name)
    html = (tmp_path / "site" / "accounts" / "account-1.html").read_text()
    assert "<p>hello</p>" in html
    assert "data-fragment" not in html
    assert (tmp_path / "site" / "assets" / "playbooks.css").read_text() == "p { margin: 0 }\n"
    assert (release.folder.stat().st_mode & 0o777) == (0o777 & ~_umask())


def _umask() -> int:
    now = os.umask(0o022)
    os.umask(now)
    return now


def test_from_another_folder_and_through_a_relative_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("here").mkdir()
    release = publish(Path("here"), tree())
    assert release.index == tmp_path / "here" / "site" / "index.html"
    assert release.index.is_file()


def test_an_edit_of_fragments_and_static_files_needs_no_site_builder(tmp_path: Path) -> None:
    publish(tmp_path, tree(body="<p>one</p>"))
    (built,) = (tmp_path / "build" / "built").iterdir()
    two = tree(body="<p>two</p>")
    style = StaticFile(path="assets/playbooks.css", content=b"p { margin: 1em }\n")
    publish(tmp_path, replace(two, files=(style, *two.files[1:])))
    assert list((tmp_path / "build" / "built").iterdir()) == [built]
    assert "<p>two</p>" in (tmp_path / "site" / "index.html").read_text()
    assert (tmp_path / "site" / "assets" / "playbooks.css").read_text() == "p { margin: 1em }\n"


def test_a_page_that_left_is_gone_from_the_site(tmp_path: Path) -> None:
    publish(tmp_path, tree(accounts=3))
    assert (tmp_path / "site" / "accounts" / "account-2.html").exists()
    publish(tmp_path, tree(accounts=2))
    assert not (tmp_path / "site" / "accounts" / "account-2.html").exists()


def test_a_failure_at_any_step_leaves_the_last_good_site(tmp_path: Path) -> None:
    good = publish(tmp_path, tree())
    before = contents(tmp_path / "site")
    unfit = tree(body='<a href="gone.html">x</a>')
    homeless = Page(path="index.md", markdown="# Home\n", fragments={"body": "x"})
    lost = SiteTree(pages=(homeless, *tree().pages[1:]), files=tree().files)
    dead = Page(path="index.md", markdown="[x](gone.md)\n", fragments={})
    dead_link = SiteTree(pages=(dead, *tree().pages[1:]), files=tree().files)
    outside = SiteTree(pages=tree().pages, files=(StaticFile(path="../x", content=b""),))
    read_me = Page(path="README.md", markdown="# Read me\n", fragments={})
    renamed = SiteTree(pages=(read_me, *tree().pages[1:]), files=tree().files)
    for site, message in (
        (
            unfit,
            "the site is not fit to publish: accounts/account-0.html: the link gone.html leads",
        ),
        (lost, "index.md has no place for the fragments body"),
        (dead_link, "mkdocs failed: WARNING - Doc file 'index.md' contains a link 'gone.md'"),
        (outside, "the page path '../x' leaves the site's folder"),
        (
            renamed,
            "mkdocs failed: WARNING - The following pages exist in the docs directory, but are not",
        ),
    ):
        with pytest.raises(BuildError) as caught:
            publish(tmp_path, site)
        assert str(caught.value).startswith(message)
        assert contents(tmp_path / "site") == before
        assert list((tmp_path / "build").rglob(".new-*")) == []
    assert publish(tmp_path, tree()) == good


def test_a_real_folder_site_stops_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.html").write_text("mine")
    with pytest.raises(BuildError) as caught:
        publish(tmp_path, tree())
    assert str(caught.value) == (
        f"{tmp_path / 'site'} is a real folder, not the link this program makes;"
        " move it away and build again"
    )
    assert contents(tmp_path) == {"site/mine.html": b"mine"}


def test_only_one_build_at_a_time(tmp_path: Path) -> None:
    with only_build(tmp_path / "build"), pytest.raises(BuildError) as caught:
        publish(tmp_path, tree())
    assert str(caught.value) == f"another build is running in {tmp_path / 'build'}; wait for it"
    assert sorted(path.name for path in (tmp_path / "build").iterdir()) == ["lock"]


def test_plain_files_too(tmp_path: Path) -> None:
    release = publish(tmp_path, tree(), copy_to=tmp_path / "public")
    assert release.index == tmp_path / "public" / "index.html"
    copied = contents(tmp_path / "public")
    del copied[MARKER]
    assert copied == contents(tmp_path / "site")
    publish(tmp_path, tree(accounts=1), copy_to=tmp_path / "public")
    assert not (tmp_path / "public" / "accounts" / "account-1.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build", "public", "site"]


def test_a_foreign_folder_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear")
    with pytest.raises(BuildError) as caught:
        publish(tmp_path, tree(), copy_to=tmp_path / "home")
    assert str(caught.value) == (
        f"{tmp_path / 'home'} holds files that are not ours; name an empty folder"
    )
    assert contents(tmp_path) == {"home/letter.txt": b"dear"}


BUILD = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[3])
    from generator.site import publish_site
    from tests.site.trees import TODAY, tree
    release = publish_site(tree(), root=Path(sys.argv[1]), builder=sys.argv[2], today=TODAY)
    print(release.folder.name)
    """
)


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_the_same_bytes_wherever_and_however(
    tmp_path: Path, repository: Path, builder: str
) -> None:
    names = set()
    for place, seed, zone, language in (
        ("one", "1", "Asia/Shanghai", "C"),
        ("a longer way/风险", "2", "America/New_York", "de_DE.UTF-8"),
    ):
        root = tmp_path / place
        root.mkdir(parents=True)
        done = subprocess.run(
            [sys.executable, "-c", BUILD, root, builder, repository],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language},
            capture_output=True,
            text=True,
            check=True,
        )
        names.add(done.stdout)
    assert len(names) == 1
