"""Runs many commands of one program, each in a child of a process that has all of it imported.

python -m tests.net.call CALLS.json

CALLS.json is a list of {folder, words, output}: what a command prints and its exit code go into the
file `output`. The program is the one that comes first on PYTHONPATH, also another revision's.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pkgutil
import sys
import traceback
from pathlib import Path
from typing import Any


def main() -> None:
    """Run the calls of the file that is named."""
    package = importlib.import_module("generator")
    for module in pkgutil.walk_packages(package.__path__, "generator."):
        if not module.name.endswith("__main__"):
            with contextlib.suppress(ImportError):  # parts that need an optional package
                importlib.import_module(module.name)
    for call in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        sys.stdout.flush()
        child = os.fork()
        if not child:
            _run(call)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with Path(call["output"]).open("ab") as file:
            file.write(f"exit code {status}\n".encode())


def _run(call: dict[str, Any]) -> None:
    """In the child: the command, as a shell would run it."""
    os.chdir(call["folder"])
    file = os.open(call["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)
    sys.argv = ["playbook", *call["words"]]
    code: Any = 0
    try:
        importlib.import_module("generator.cli").main()
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - what a user would see of a bug
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    main()
