"""No network: whatever a Python asks of a socket is noted in PLAYBOOK_OFFLINE and refused."""

from __future__ import annotations

import os
import sys
from typing import Any

REFUSED = {
    *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"),
    *("socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"),
}


def heard(event: str, arguments: tuple[Any, ...]) -> None:
    """Every audit event of this process."""
    if event in REFUSED:
        os.write(LOG, f"{event} {arguments[1:]}\n".encode())
        raise OSError(101, "Network is unreachable")


if "PLAYBOOK_OFFLINE" in os.environ:
    LOG = os.open(os.environ["PLAYBOOK_OFFLINE"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sys.addaudithook(heard)
