"""Serving while plans are written: an edit is seen, broken files are survived."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.site.serve import serve
from tests.workspace import SMALL_PLAYBOOK, TEAM, make_workspace

SECONDS = 300
"""After which what is waited for will not come: no measure of speed."""
TOUCHED_AGAIN = 20
"""Seconds after which a server that says nothing is taken to have missed a file."""
PAGE = "/accounts/harbor.html"


class Served:
    """A running `playbook serve`: what it says and what it answers."""

    def __init__(self, workspace: Path, process: subprocess.Popen[bytes]) -> None:
        self.workspace = workspace
        self.process = process
        self._said = 0
        self._written: Path | None = None
        address = self.wait_to_hear(r"Serving on (http://127\.0\.0\.1:(\d+)/)\n")
        self.port = int(address[2])

    def wait_to_hear(self, words: str) -> re.Match[str]:
        """The next time that it says so."""
        for _ in self._until_it_should_have_come():
            text = self._log()
            if heard := re.compile(words).search(text, self._said):
                self._said = heard.end()
                return heard
            assert self.process.poll() is None, text
        pytest.fail(f"not heard within {SECONDS} s: {words}\n{self._log()}")

    def wait_to_see(self, words: str) -> None:
        """The account's page as it is to become."""
        for _ in self._until_it_should_have_come():
            if words in self.get(PAGE)[1]:
                return
        pytest.fail(f"not seen within {SECONDS} s: {words}\n{self._log()}")

    def _until_it_should_have_come(self) -> Iterator[None]:
        """Look again and again; what was written is touched again from time to time.

        A busy machine may have taken its first look at the files after they were written.
        """
        end = time.monotonic() + SECONDS
        touch = time.monotonic() + TOUCHED_AGAIN
        while time.monotonic() < end:
            yield
            time.sleep(0.05)
            if self._written is not None and time.monotonic() > touch:
                self._written.touch()
                touch += TOUCHED_AGAIN

    def get(self, path: str, host: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        with contextlib.closing(connection):
            connection.request("GET", path, headers={"Host": host} if host else {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def write(self, path: str, text: str) -> None:
        self._written = self.workspace / path
        self._written.parent.mkdir(exist_ok=True)
        self._written.write_text(text)

    def _log(self) -> str:
        return (self.workspace / "log.txt").read_text()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, {"playbooks/harbor.yaml": SMALL_PLAYBOOK})


@contextlib.contextmanager
def serving(workspace: Path, repository: Path) -> Iterator[Served]:
    with (workspace / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", "serve", "--port", "0"],
            cwd=workspace,
            stdout=subprocess.DEVNULL,
            stderr=log,
            env={**os.environ, "PYTHONPATH": str(repository)},
            # What runs in the background of a shell is told to ignore it, and so are its children
            preexec_fn=_heed_interrupts,  # noqa: PLW1509 - no thread of ours holds a lock then
        )
    try:
        yield Served(workspace, process)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=SECONDS) == 0
        assert "Traceback" not in (workspace / "log.txt").read_text()
    finally:
        process.kill()
        process.wait()


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_edits_are_seen_and_broken_files_survived(workspace: Path, repository: Path) -> None:
    with serving(workspace, repository) as served:
        status, text = served.get(PAGE)
        assert status == 200
        assert "Harbor Logistics" in text
        assert "livereload" in text

        served.write("playbooks/harbor.yaml", SMALL_PLAYBOOK.replace("Logistics", "Group"))
        served.wait_to_hear("Reloading browsers")
        served.wait_to_see("Harbor Group")

        served.write("playbooks/harbor.yaml", "schema: 1\naccount: [\n")
        served.wait_to_hear("playbooks/harbor.yaml:3:1: error: ")
        served.wait_to_hear("Reloading browsers")
        assert served.get("/index.html")[0] == 200

        served.write("site_config/team.yaml", "people: 3\n")
        served.wait_to_hear(r"error: site_config/team.yaml:1:9: .*; the last good site stays\n")
        assert served.get("/index.html")[0] == 200

        served.write("site_config/team.yaml", TEAM)
        served.write("playbooks/harbor.yaml", SMALL_PLAYBOOK)
        served.wait_to_see("Harbor Logistics")

        served.write("mkdocs.yml", "site_name: x\ntheme: {name: nobody}\n")
        served.write("playbooks/harbor.yaml", SMALL_PLAYBOOK.replace("Logistics", "Group"))
        served.wait_to_hear("error: mkdocs.yml:2:15: .*'theme.name' cannot be changed.* stays\n")
        assert "Harbor Logistics" in served.get(PAGE)[1]
        (workspace / "mkdocs.yml").unlink()
        served.wait_to_see("Harbor Group")


def test_it_answers_to_this_machine_alone(workspace: Path, repository: Path) -> None:
    with serving(workspace, repository) as served:
        for host in ("rebound.example", "rebound.example:80", "", "127.0.0.1.rebound.example"):
            status, text = served.get(PAGE, host=host or "x")
            assert (status, text) == (403, "This server answers to localhost only.\n")
        for host in ("localhost", "LOCALHOST:1234", f"127.0.0.1:{served.port}"):
            assert served.get(PAGE, host=host)[0] == 200
        assert served.get("/../../playbooks/harbor.yaml")[0] == 404
        with socket.socket() as client:
            client.settimeout(5)
            with pytest.raises(OSError, match="refused"):
                client.connect(("127.0.0.2", served.port))


def test_with_a_site_of_before_it_starts_on_broken_settings_too(
    workspace: Path, repository: Path
) -> None:
    with serving(workspace, repository):
        pass
    (workspace / "site_config" / "team.yaml").write_text("people: 3\n")
    with serving(workspace, repository) as served:
        assert "Harbor Logistics" in served.get(PAGE)[1]
        assert "team.yaml:1:9" in (workspace / "log.txt").read_text()
        served.write("site_config/team.yaml", TEAM)
        served.wait_to_hear("Reloading browsers")


def test_without_one_it_says_why_and_ends(tmp_path: Path) -> None:
    def fail() -> None:
        raise BuildError("no themes today")

    with pytest.raises(BuildError, match="no themes today"):
        serve(tmp_path, fail, port=0, say=print)


def test_a_port_that_is_taken_is_told_with_the_cure(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BuildError) as caught:
            serve(tmp_path, lambda: pytest.fail("nothing to build for"), port=port, say=print)
    assert str(caught.value) == (
        f"cannot serve at port {port}: Address already in use; choose another with --port"
    )


def test_a_bug_in_a_rebuild_does_not_end_the_server(tmp_path: Path, repository: Path) -> None:
    program = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[2])\n"
        "from generator.site.serve import serve\n"
        "root = pathlib.Path(sys.argv[1])\n"
        "def rebuild():\n"
        "    if (root / 'playbooks' / 'bug').exists(): raise KeyError('a bug')\n"
        "serve(root, rebuild, port=0, say=lambda text: print(text, file=sys.stderr, flush=True))\n"
    )
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<p>good</p>")
    with (tmp_path / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path), str(repository)], stderr=log
        )
    try:
        served = Served(tmp_path, process)
        served.write("playbooks/bug", "")
        served.wait_to_hear("KeyError: 'a bug'\na bug, please report it; the last good site stays")
        served.wait_to_hear("Reloading browsers")
        assert "<p>good</p>" in served.get("/")[1]
    finally:
        process.kill()
        process.wait()
