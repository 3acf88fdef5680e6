"""Runs commands of one program, each in a child of a process that has all of it imported.

python call.py

It is asked on its input, a line of JSON {folder, words, output} for each call, and answers each
with an empty line: what the command printed and its exit code stand in the file `output` then.
The program is the one that comes first on PYTHONPATH, also another revision's.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel


def main() -> None:
    """Run what is asked for until nobody asks any more."""
    _import_all()
    for model in _models_below(BaseModel):
        model.model_rebuild()  # else each child builds those that it reads with
    gc.collect()
    gc.freeze()  # children share it
    for line in sys.stdin:
        call = json.loads(line)
        child = os.fork()
        if not child:
            _run(call)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with Path(call["output"]).open("ab") as file:
            file.write(f"exit code {status}\n".encode())
        sys.stdout.write("\n")
        sys.stdout.flush()


def _import_all() -> None:
    package = importlib.import_module("generator")
    for module in pkgutil.walk_packages(package.__path__, "generator."):
        if not module.name.endswith("__main__"):
            with contextlib.suppress(ImportError):  # parts that need an optional package
                importlib.import_module(module.name)


def _models_below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for below in model.__subclasses__():
        if below.__module__.startswith("generator."):
            yield below
        yield from _models_below(below)


def _run(call: dict[str, Any]) -> None:
    """In the child: the command, as a shell would run it."""
    os.chdir(call["folder"])
    file = os.open(call["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for place, source in enumerate((nothing, file, file)):
        os.dup2(source, place)
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
