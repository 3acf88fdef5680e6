"""Serving while plans are written: an edit is seen, a broken file survived."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.workspace import SMALL_PLAYBOOK, make_workspace

SECONDS = 60


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, {"playbooks/harbor.yaml": SMALL_PLAYBOOK})


@pytest.fixture
def port(workspace: Path, repository: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    with (workspace / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "generator", "serve", "--port", str(number)],
            cwd=workspace,
            stdout=subprocess.DEVNULL,
            stderr=log,
            env={**os.environ, "PYTHONPATH": str(repository)},
        )
    yield number
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=SECONDS) == 0
    assert "Traceback" not in (workspace / "log.txt").read_text()


def get(port: int, path: str, host: str | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def wait_for(seen: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            if seen():
                return
        except OSError:
            pass  # not listening yet
        time.sleep(0.2)
    pytest.fail(f"not seen within {SECONDS} s: {what}")


def test_edits_are_seen_and_broken_files_survived(workspace: Path, port: int) -> None:
    page = "/accounts/harbor.html"
    playbook = workspace / "playbooks" / "harbor.yaml"
    wait_for(lambda: "Harbor Logistics" in get(port, page)[1], "the first build")
    assert "livereload" in get(port, page)[1]

    playbook.write_text(SMALL_PLAYBOOK.replace("Harbor Logistics", "Harbour Group"))
    wait_for(lambda: "Harbour Group" in get(port, page)[1], "an edit")

    playbook.write_text("schema: 1\naccount: [\n")
    wait_for(
        lambda: "playbooks/harbor.yaml:3:1: error" in (workspace / "log.txt").read_text(),
        "the finding in a broken file",
    )
    assert get(port, "/index.html")[0] == 200

    (workspace / "site_config" / "team.yaml").write_text("people: 3\n")
    wait_for(
        lambda: "the last good site stays" in (workspace / "log.txt").read_text(),
        "broken settings",
    )
    assert get(port, "/index.html")[0] == 200

    (workspace / "site_config" / "team.yaml").unlink()
    playbook.write_text(SMALL_PLAYBOOK)
    wait_for(lambda: "Harbor Logistics" in get(port, page)[1], "the cure")

    status, text = get(port, page, host="rebound.example")
    assert (status, text) == (403, "This server answers to localhost only.\n")
    assert re.search(r"Serving on http://127\.0\.0\.1", (workspace / "log.txt").read_text())
