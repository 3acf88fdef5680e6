"""A build that is killed, at any moment, leaves a whole site and nothing to clean.

PLAYBOOK_KILLS says how often; a normal run tries a handful.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from generator.publish import publish_site
from generator.publish.plain_copy import MARKER
from generator.publish.release import _digest
from tests.publish.trees import TODAY, contents, tree

KILLS = int(os.environ.get("PLAYBOOK_KILLS", "6"))

# One round after the other, mostly with a run of the site builder
BUILDS = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    root, repository, start = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    sys.path.insert(0, repository)
    from generator.publish import publish_site
    from tests.publish.trees import TODAY, tree
    for number in range(start, start + 1000):
        publish_site(
            tree(accounts=3 + number % 4, body=f"<p>round {number}</p>", title=f"Home {number % 5}"),
            root=root, builder="mkdocs", today=TODAY, copy_to=root / "public",
        )
        print(number, flush=True)
    """
)

# Builds without a run of the site builder, each killed at one of its own calls to the disk
ONE_CALL = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    root, repository, only = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    sys.path.insert(0, repository)
    from generator.publish import publish_site
    from tests.publish.trees import TODAY, tree

    calls = 0

    def count(event, arguments):
        global calls
        if event.startswith(("open", "os.", "shutil.", "tempfile.")) and event != "os.fork":
            calls += 1
            if calls == only:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    publish_site(
        tree(body=f"<p>call {only}</p>"),
        root=root, builder="mkdocs", today=TODAY, copy_to=root / "public",
    )
    print(calls)
    """
)


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
def test_killed_at_any_time(tmp_path: Path, repository: Path) -> None:
    """The program alone or with its site builder, which else goes on writing for a while."""
    dice = random.Random(20261123)
    publish(tmp_path, "<p>before</p>")
    for number in range(KILLS):
        worker = subprocess.Popen(
            [sys.executable, "-c", BUILDS, tmp_path, repository, str(1000 * number)],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(0.2 + dice.random() * 1.8)
        assert worker.poll() is None
        if number % 2:
            os.killpg(worker.pid, signal.SIGKILL)
        else:
            os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        assert_whole(tmp_path)
    time.sleep(2)  # for a site builder that is on its own now
    assert_clean(tmp_path)


@pytest.mark.slow
def test_killed_at_each_call_to_the_disk(tmp_path: Path, repository: Path) -> None:
    publish(tmp_path, "<p>before</p>")
    command = [sys.executable, "-c", ONE_CALL, str(tmp_path), str(repository)]
    calls = int(subprocess.check_output([*command, "-1"]))
    dice = random.Random(20261123)
    some = sorted(dice.sample(range(1, calls + 1), min(calls, 3 * KILLS)))
    for call in some:
        killed = subprocess.run([*command, str(call)], capture_output=True, check=False)
        assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
        assert_whole(tmp_path)
    assert_clean(tmp_path)
