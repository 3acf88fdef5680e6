"""What a script calls in place of `playbook`: has the server of calls run it, see tests/program.py.

`python -I -S tests/called.py SOCKET WORDS…`: without what Python imports as it starts.
"""

from __future__ import annotations

import json
import os
import socket
import sys


def main() -> int:
    """The exit code of the call, as a shell has it."""
    call = {"folder": os.getcwd(), "words": sys.argv[2:], "environment": dict(os.environ)}  # noqa: PTH109
    request = json.dumps({**call, "memory": None}).encode()
    with socket.socket(socket.AF_UNIX) as asked:
        asked.connect(sys.argv[1])
        socket.send_fds(asked, [len(request).to_bytes(8, "big")], [0, 1, 2])
        asked.sendall(request)
        status = int.from_bytes(asked.recv(8, socket.MSG_WAITALL), "big", signed=True)
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main())
