"""Real builds: published at once, the last good site stands, nothing to clean."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.publish import config_by_hand, publish_site, splice, write_tree
from generator.publish.lock import only_build
from generator.publish.release import MARKER, copy_site
from generator.render.tree import SiteTree
from tests.publish.trees import TODAY, contents, page, tree

KILLS = int(os.environ.get("PLAYBOOK_KILLS", "4"))


def publish(root: Path, site: SiteTree, **options: object) -> Path:
    release = publish_site(site, root=root, builder="mkdocs", today=TODAY, **options)  # type: ignore[arg-type]
    return release.folder


def test_a_site_is_published_as_a_relative_link(tmp_path: Path) -> None:
    release = publish(tmp_path, tree(body="<p>hello</p>"))
    link = tmp_path / "site"
    assert link.is_symlink()
    assert link.readlink() == Path("build", "releases", release.name)
    html = (link / "accounts" / "account-1.html").read_text()
    assert "<p>hello</p>" in html
    assert "data-fragment" not in html
    assert not list((tmp_path / "build" / "releases").glob(".*"))


def test_the_same_tree_is_the_same_release_and_one_before_is_kept(tmp_path: Path) -> None:
    first = publish(tmp_path, tree())
    before = (tmp_path / "site").lstat().st_mtime_ns
    assert publish(tmp_path, tree()) == first
    assert (tmp_path / "site").lstat().st_mtime_ns == before
    second = publish(tmp_path, tree(body="<p>two</p>"))
    third = publish(tmp_path, tree(body="<p>three</p>"))
    kept = {path.name for path in (tmp_path / "build" / "releases").iterdir()}
    assert kept == {second.name, third.name}


def test_an_edit_of_fragments_alone_needs_no_site_builder(tmp_path: Path) -> None:
    publish(tmp_path, tree(body="<p>one</p>"))
    built = [path.name for path in (tmp_path / "build" / "built").iterdir()]
    publish(tmp_path, tree(body="<p>two</p>"))
    assert [path.name for path in (tmp_path / "build" / "built").iterdir()] == built
    assert "<p>two</p>" in (tmp_path / "site" / "index.html").read_text()


def test_a_page_that_left_is_gone_from_the_site_and_its_search(tmp_path: Path) -> None:
    publish(tmp_path, tree(accounts=3))
    assert "account-2" in (tmp_path / "site" / "search" / "search_index.json").read_text()
    publish(tmp_path, tree(accounts=2))
    assert not (tmp_path / "site" / "accounts" / "account-2.html").exists()
    assert "account-2" not in (tmp_path / "site" / "search" / "search_index.json").read_text()


def test_a_site_that_is_not_fit_leaves_the_last_good_one(tmp_path: Path) -> None:
    publish(tmp_path, tree())
    good = contents(tmp_path / "site")
    with pytest.raises(BuildError) as caught:
        publish(tmp_path, tree(body='<a href="gone.html">x</a>'))
    assert str(caught.value).startswith(
        "the site is not fit to publish: accounts/account-0.html: the link gone.html leads nowhere"
    )
    assert contents(tmp_path / "site") == good


def test_a_builder_that_fails_is_one_line_in_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme: {name: nobody}\n")
    with pytest.raises(BuildError) as caught:
        publish(tmp_path, tree())
    message = str(caught.value)
    assert message.startswith("mkdocs failed: ")
    assert "Unrecognised theme name: 'nobody'" in message
    assert "\n" not in message
    assert not (tmp_path / "site").exists()


def test_a_real_folder_site_stops_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.html").write_text("mine")
    with pytest.raises(BuildError) as caught:
        publish(tmp_path, tree())
    assert str(caught.value) == (
        f"{tmp_path / 'site'} is a real folder, not the link this program makes;"
        " move it away and build again"
    )
    assert (tmp_path / "site" / "mine.html").read_text() == "mine"


def test_only_one_build_at_a_time(tmp_path: Path) -> None:
    with only_build(tmp_path / "build"), pytest.raises(BuildError) as caught:
        publish(tmp_path, tree())
    assert str(caught.value) == f"another build is running in {tmp_path / 'build'}; wait for it"
    assert publish(tmp_path, tree()).is_dir()


def test_plain_files_for_hosts_that_follow_no_links(tmp_path: Path) -> None:
    target = tmp_path / "public"
    publish(tmp_path, tree(), copy_to=target)
    copied = contents(target)
    assert copied.pop(MARKER) == b"Written by playbook build --copy.\n"
    assert copied == contents(tmp_path / "site")
    publish(tmp_path, tree(accounts=1), copy_to=target)
    assert not (target / "accounts" / "account-1.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build", "public", "site"]


def test_a_foreign_folder_is_never_replaced(tmp_path: Path) -> None:
    release = tmp_path / "release"
    release.mkdir()
    foreign = tmp_path / "home"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("dear")
    with pytest.raises(BuildError) as caught:
        copy_site(release, foreign)
    assert str(caught.value) == f"{foreign} holds files that are not ours; name an empty folder"
    assert contents(foreign) == {"letter.txt": b"dear"}
    link = tmp_path / "link"
    link.symlink_to(foreign)
    with pytest.raises(BuildError, match="is not a folder; name another"):
        copy_site(release, link)


def test_builds_are_byte_identical_wherever_and_however_often(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "a longer way" / "two"
    for root in (one, two):
        root.mkdir(parents=True)
    assert publish(one, tree()).name == publish(two, tree()).name


def test_zensical_builds_the_same_pages(tmp_path: Path) -> None:
    publish_site(tree(body="<p>hello</p>"), root=tmp_path, builder="zensical", today=TODAY)
    for name in ("index", "accounts/index", "accounts/account-0", "accounts/account-1"):
        html = (tmp_path / "site" / f"{name}.html").read_text()
        assert "<p>hello</p>" in html
        assert "data-fragment" not in html


def test_by_hand_mkdocs_gives_whole_pages(tmp_path: Path, repository: Path) -> None:
    write_tree(tree(body="<p>by hand</p>"), tmp_path / "build")
    shutil.copy(repository / "mkdocs.yml", tmp_path)
    (tmp_path / "generator").symlink_to(repository / "generator")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"],
        cwd=tmp_path,
        check=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    for name in ("index", "accounts/account-1"):
        html = (tmp_path / "build" / "mkdocs" / f"{name}.html").read_text()
        assert "<p>by hand</p>" in html
        assert "data-fragment" not in html


def test_by_hand_also_where_the_workspace_has_no_configuration(tmp_path: Path) -> None:
    write_tree(tree(body="<p>by hand</p>"), tmp_path / "build")
    config = config_by_hand(tmp_path)
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(config)],
        check=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    html = (tmp_path / "build" / "mkdocs" / "index.html").read_text()
    assert "<p>by hand</p>" in html


def test_hundreds_of_fragments_take_no_time_to_speak_of() -> None:
    """A ratio, not a clock: splicing costs little beside reading the same bytes once."""
    html = "<main>" + "x" * 20_000 + '<div data-fragment="a"></div>' + "</main>"
    body = {"a": "<p>word</p>" * 4_000}
    start = time.perf_counter()
    for _ in range(100):
        html.count("<p>")
        body["a"].count("<p>")
    reading = time.perf_counter() - start
    start = time.perf_counter()
    for _ in range(100):
        splice(html, body)
    assert time.perf_counter() - start < 60 * reading


WORKER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    sys.path[:0] = sys.argv[2:4]
    from generator.publish import publish_site
    from tests.publish.trees import TODAY, tree
    number = 0
    while True:
        number += 1
        publish_site(
            tree(accounts=3 + number % 4, body=f"<p>round {number}</p>", title=f"Home {number % 3}"),
            root=Path(sys.argv[1]), builder="mkdocs", today=TODAY,
        )
        print(number, flush=True)
    """
)


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_a_whole_site(tmp_path: Path, repository: Path) -> None:
    dice = random.Random(20261123)
    publish(tmp_path, tree())
    for _ in range(KILLS):
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(tmp_path), str(repository), str(repository)],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(0.4 + dice.random() * 2.5)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        _is_whole(tmp_path / "site")
    publish(tmp_path, tree(body="<p>after</p>"))
    assert "<p>after</p>" in (tmp_path / "site" / "index.html").read_text()
    left = [path.name for path in tmp_path.rglob(".new-*")] + [
        path.name for path in tmp_path.glob(".site-*")
    ]
    assert left == []


def _is_whole(site: Path) -> None:
    """Every page of one round, all with the same round's body, and the search index."""
    pages = sorted(site.glob("accounts/account-*.html"))
    bodies = {path.read_text().split("<p>")[1].split("</p>")[0] for path in pages}
    assert len(pages) >= 2
    assert len(bodies) == 1
    assert (site / "search" / "search_index.json").stat().st_size > 0
    assert (site / "assets" / "playbooks.css").is_file()


def test_a_page_named_twice_is_refused(tmp_path: Path) -> None:
    twice = SiteTree(pages=(page("index.md", "A", ""), page("Index.md", "B", "")), files=())
    with pytest.raises(BuildError, match="are one file to some file systems"):
        publish(tmp_path, twice)
