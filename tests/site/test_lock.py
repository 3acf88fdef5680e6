"""One build at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.site.disk import _until_file_is_gone, only_build

HOLDER = textwrap.dedent(
    """
    import sys, time
    from pathlib import Path
    sys.path.insert(0, sys.argv[2])
    from generator.site.disk import only_build
    with only_build(Path(sys.argv[1])):
        print("held", flush=True)
        time.sleep(600)
    """
)


def test_a_second_build_stops_at_once_and_a_killed_one_lets_go(
    tmp_path: Path, repository: Path
) -> None:
    build = tmp_path / "build"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(build), str(repository)], stdout=subprocess.PIPE
    )
    assert holder.stdout
    with holder.stdout as output:
        assert output.readline() == b"held\n"
        with pytest.raises(BuildError) as caught, only_build(build):
            pytest.fail("two builds at a time")
        assert str(caught.value) == f"another build is running in {build}; wait for it"
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    with only_build(build):
        pass


def test_a_build_that_fails_lets_go(tmp_path: Path) -> None:
    with pytest.raises(BlockingIOError), only_build(tmp_path):
        raise BlockingIOError  # not ours: never told as another build
    with only_build(tmp_path):
        pass


def test_where_files_cannot_be_locked_the_file_itself_is_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with _until_file_is_gone(lock), pytest.raises(BuildError) as caught, _until_file_is_gone(lock):
        pytest.fail("two builds at a time")
    assert str(caught.value) == (
        f"another build is running in {tmp_path}, or one was killed; wait for it, or delete {lock}"
    )
    assert not lock.exists()
    with pytest.raises(ZeroDivisionError), _until_file_is_gone(lock):
        raise ZeroDivisionError
    assert not lock.exists()
