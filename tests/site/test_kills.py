"""A build that is killed, at any moment, leaves a whole site and nothing to clean."""

from __future__ import annotations

import functools
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from generator.site import publish_site
from generator.site.release import MARKER, _digest
from tests.conftest import Sample
from tests.processes import group_is_gone, status_in_child, wait_until
from tests.site.trees import TODAY, contents, tree

FEW, MANY = 2, 200
"""Builds that are killed in every run of the tests, and in the proofs."""

# One round after the other, mostly with a run of the site builder
BUILDS = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    root, repository, start = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    sys.path.insert(0, repository)
    from generator.site import publish_site
    from tests.site.trees import TODAY, tree
    for number in range(start, start + 1000):
        publish_site(
            tree(accounts=3 + number % 4, body=f"<p>round {number}</p>", title=f"Home {number % 5}"),
            root=root, builder="mkdocs", today=TODAY, copy_to=root / "public",
        )
        if number == start:
            print(number, flush=True)
    """
)


def calls_of_a_build(root: Path, only: int = 0) -> int:
    """A build without a run of the site builder, killed at one of its own calls to the disk."""
    calls = 0

    def count(event: str, _arguments: tuple[object, ...]) -> None:
        nonlocal calls
        if event.startswith(("open", "os.", "shutil.", "tempfile.")) and event != "os.fork":
            calls += 1
            if calls == only:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    publish(root, f"<p>call {only}</p>")
    return calls


def publish(root: Path, body: str) -> None:
    publish_site(tree(body=body), root=root, builder="mkdocs", today=TODAY, copy_to=root / "public")


def assert_whole(root: Path) -> None:
    """Site and copy are complete: a release's name is the hash of all its bytes."""
    assert _digest((root / "site").resolve()) == (root / "site").readlink().name
    copy = root / "public" if (root / "public").exists() else root / ".public.before"
    copied = contents(copy)
    assert copied.pop(MARKER)
    assert "index.html" in copied
    assert len({_body(copied[name]) for name in copied if name.startswith("accounts/")}) == 1


def _body(page: bytes) -> bytes:
    return page.partition(b"<p>")[2].partition(b"</p>")[0]


def assert_clean(root: Path) -> None:
    """One more build, and only what belongs there is there."""
    publish(root, "<p>after</p>")
    assert_whole(root)
    assert "<p>after</p>" in (root / "site" / "index.html").read_text()
    assert "<p>after</p>" in (root / "public" / "index.html").read_text()
    assert sorted(path.name for path in root.iterdir()) == ["build", "public", "site"]
    assert [path for path in root.rglob(".*") if path.name != MARKER] == []
    assert len(list((root / "build" / "releases").iterdir())) == 2


@pytest.mark.slow
@pytest.mark.sampled(FEW)
def test_killed_at_any_time(tmp_path: Path, repository: Path, sample: Sample) -> None:
    """The program alone or with its site builder, which else goes on writing for a while."""
    dice = random.Random(20261123)
    publish(tmp_path, "<p>before</p>")
    groups = []
    for turn, number in enumerate(sample(range(MANY), FEW)):
        worker = subprocess.Popen(
            [sys.executable, "-c", BUILDS, tmp_path, repository, str(1000 * number)],
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert worker.stdout is not None
        assert worker.stdout.readline(), "it has published once, and goes on"
        worker.stdout.close()
        time.sleep(dice.random() * 1.8)
        assert worker.poll() is None
        if turn % 2:
            os.killpg(worker.pid, signal.SIGKILL)
        else:
            os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        groups.append(worker.pid)
        assert_whole(tmp_path)
    # a site builder that is on its own now goes on writing for a while
    wait_until(lambda: all(map(group_is_gone, groups)), "the site builders end")
    assert_clean(tmp_path)


@pytest.mark.slow
@pytest.mark.sampled(3 * FEW)
def test_killed_at_each_call_to_the_disk(tmp_path: Path, sample: Sample) -> None:
    publish(tmp_path, "<p>before</p>")
    noted = tmp_path.parent / "calls"
    counted = status_in_child(lambda: noted.write_text(str(calls_of_a_build(tmp_path))))
    assert counted == 0
    numbers = range(1, int(noted.read_text()) + 1)
    for call in sample(numbers, 3 * FEW):
        killed = status_in_child(functools.partial(calls_of_a_build, tmp_path, call))
        assert killed == -signal.SIGKILL
        assert_whole(tmp_path)
    assert_clean(tmp_path)
