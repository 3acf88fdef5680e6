"""Runs the program as a shell would, without the second that Python takes to import it each time.

A server that is started once has all of the program imported, and made what it makes once; each call is a child of it with the
words, folder, environment and memory that are asked for, and runs `python -m generator` from there.
`as_new_process` starts a Python of its own, for what Python reads as it starts: the locale,
the seed of hashes, how modules are found. Scripts call it by what `in_scripts` says.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import gc
import importlib
import json
import os
import pkgutil
import resource
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.assess import assess
from generator.language import LANGUAGES
from generator.outputs.site import whole_site
from generator.read import Workspace
from generator.settings import language_of
from tests.workspace import SMALL_PLAYBOOK, make_workspace

REPOSITORY = Path(__file__).resolve().parent.parent
HANGS = 300.0
"""Seconds after which a call counts as hanging: no measure of speed, also on a busy machine."""
_LATER = ("babel.messages.mofile", "babel.messages.pofile", "email.mime.text", "encodings.idna")
"""What modules of other packages commands import as they go."""


def run(folder: Path, *words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`playbook` with these words in a folder: what it prints, as UTF-8, and its exit code.

    Further names are variables of its environment.
    """
    done = call(folder, words, environment=environment)
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def call(
    folder: Path,
    words: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    memory: int | None = None,
    as_new_process: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """As `run`, with the bytes that it prints; `memory` is how many it may take."""
    arguments = [os.fspath(word) for word in words]
    variables = {**os.environ, "PYTHONPATH": str(REPOSITORY), **(environment or {})}
    with (
        Path(os.devnull).open("rb") as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        files = [given.fileno(), out.fileno(), err.fileno()]
        if as_new_process:
            status = _start(folder, arguments, variables, memory, files)
        else:
            asked = {"folder": str(folder), "words": arguments, "memory": memory}
            status = _server().call({**asked, "environment": variables}, files)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(arguments, status, out.read(), err.read())


def _start(
    folder: Path,
    words: Sequence[str],
    environment: Mapping[str, str],
    memory: int | None,
    files: Sequence[int],
) -> int:
    """A process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *words],
        cwd=folder,
        env=environment,
        stdin=files[0],
        stdout=files[1],
        stderr=files[2],
        check=False,
        timeout=HANGS,
        preexec_fn=functools.partial(_limit, memory),
    ).returncode


def _limit(memory: int | None) -> None:
    if memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


class _Server:
    """The process from which calls are forked, seen from the tests."""

    def __init__(self) -> None:
        ours, its = socket.socketpair()
        self.owner = os.getpid()
        self._turn = threading.Lock()
        self._socket = ours
        with its:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.program", str(its.fileno())],
                cwd=REPOSITORY,
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
            )

    def call(self, call: Mapping[str, Any], files: Sequence[int]) -> int:
        """The exit code of a call whose input and output are these files."""
        request = json.dumps(call).encode()
        with self._turn:
            socket.send_fds(self._socket, [len(request).to_bytes(8, "big")], list(files))
            self._socket.sendall(request)
            pid = self._answer()
            if not select.select([self._socket], [], [], HANGS)[0]:
                os.kill(pid, signal.SIGKILL)
                self._answer()
                raise subprocess.TimeoutExpired(call["words"], HANGS)
            return self._answer()

    def _answer(self) -> int:
        answer = self._socket.recv(8, socket.MSG_WAITALL)
        if not answer:
            raise RuntimeError(f"the server of calls ended with {self._process.wait()}")
        return int.from_bytes(answer, "big", signed=True)

    def end(self) -> None:
        """It ends when nobody can ask it any more."""
        self._socket.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:  # a child that was left over can still ask
            self._process.kill()
            self._process.wait()


_servers: list[_Server] = []


def _server() -> _Server:
    """The one of this process: a forked child has no part in its parent's."""
    if not _servers or _servers[-1].owner != os.getpid():
        _servers.append(_Server())
    return _servers[-1]


class _Door:
    """A socket at which scripts ask the server for calls."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.path = Path(self._folder.name) / "calls"
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(self.path))
        self._socket.listen()
        self._thread = threading.Thread(target=self._answer_all)
        self._thread.start()

    def _answer_all(self) -> None:
        while True:
            try:
                asked, _ = self._socket.accept()
            except OSError:
                return  # it was shut
            with asked:
                head, files, _, _ = socket.recv_fds(asked, 8, 3)
                call = json.loads(asked.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL))
                status = _server().call(call, files)
                for file in files:
                    os.close(file)
                asked.sendall(status.to_bytes(8, "big", signed=True))

    def shut(self) -> None:
        """Nobody can ask any more."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()
        self._folder.cleanup()


_doors: list[_Door] = []


def in_scripts() -> str:
    """What a script of a shell writes in place of `playbook`."""
    if not _doors:
        _doors.append(_Door())
    client = REPOSITORY / "tests" / "called.py"
    return f"PYTHONPATH={REPOSITORY} exec {sys.executable} -I -S {client} {_doors[-1].path}"


def end_server() -> None:
    """For the end of the tests."""
    while _doors:
        _doors.pop().shut()
    while _servers:
        _servers.pop().end()


def _serve(number: int) -> None:
    """In the server: run calls one after the other until the tests end, or in a child one."""
    _import_all()
    _make_what_is_made_once()
    gc.collect()
    gc.freeze()  # children share it
    with socket.socket(fileno=number) as asked:
        while True:
            head, files, _, _ = socket.recv_fds(asked, 8, 3)
            if not head:
                return
            request = asked.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL)
            child = os.fork()
            if not child:
                asked.close()
                break
            for file in files:
                os.close(file)
            asked.sendall(child.to_bytes(8, "big"))
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            asked.sendall(status.to_bytes(8, "big", signed=True))
    _become(json.loads(request), files)


def _become(call: dict[str, Any], files: Sequence[int]) -> None:
    """In the child: what a new process would be, until it ends."""
    os.environ.clear()
    os.environ.update(call["environment"])
    time.tzset()
    os.chdir(call["folder"])
    for place, file in enumerate(files):
        os.dup2(file, place)
        os.close(file)
    for place, name in enumerate(("stdin", "stdout", "stderr")):
        stream = open(place, "w" if place else "r", encoding="utf-8", closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    _limit(call["memory"])
    path = os.environ["PYTHONPATH"].split(os.pathsep)
    if path[0] != str(REPOSITORY):  # what Python itself does as it starts
        sys.path[:0] = path[:1]
        sys.modules.pop("sitecustomize", None)
        importlib.import_module("sitecustomize")
    sys.argv = ["playbook", *call["words"]]
    runpy.run_module("generator", run_name="__main__", alter_sys=True)


def _import_all() -> None:
    """Everything that some command imports or compiles, so that no call does."""
    package = importlib.import_module("generator")
    for module in pkgutil.walk_packages(package.__path__, "generator."):
        if not module.name.endswith("__main__"):
            with contextlib.suppress(ImportError):  # parts that need an optional package
                importlib.import_module(module.name)
    for name in _LATER:
        importlib.import_module(name)
    templates = importlib.import_module("generator.pages.engine").environment()
    for name in templates.list_templates():
        if name.endswith(".j2"):
            templates.get_template(name)


def _make_what_is_made_once() -> None:
    """What the program makes of its own files at the first need: forms, lists of words, languages.

    A workspace of nobody's is assessed and becomes a site; calls then make what is of theirs.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = make_workspace(Path(folder), {"playbooks/acme.yaml": SMALL_PLAYBOOK})
        workspace = Workspace.at(root)
        portfolio = assess(workspace, datetime.date(2026, 11, 23))
        for code in LANGUAGES:
            whole_site(portfolio, language=language_of(workspace, code))


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
