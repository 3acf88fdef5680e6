"""The site on this machine while plans are being written: watch, rebuild, reload."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from generator.errors import PlaybookError

WATCHED = ("playbooks", "site_config", "templates", "mkdocs.yml")
HOST = "127.0.0.1"
_LOCAL_NAMES = (HOST, "localhost", "[::1]")


class _Server(LiveReloadServer):
    """Live reload that answers only to this machine's own names."""

    def serve_request(self, environ: Any, start_response: Any) -> Any:
        """Refuse requests that another site's page sends here under a name of its own."""
        name = environ.get("HTTP_HOST", "").rpartition(":")[0] or environ.get("HTTP_HOST", "")
        if name not in _LOCAL_NAMES:
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [b"This server answers to localhost only.\n"]
        return super().serve_request(environ, start_response)


def serve(
    root: Path,
    rebuild: Callable[[], None],
    *,
    port: int,
    say: Callable[[str], None],
    open_browser: bool = False,
) -> None:
    """Build once, then serve `site` and rebuild whenever something watched changes.

    A rebuild that fails says why and keeps the last good site.
    """
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    if not logging.getLogger("mkdocs").handlers:
        logging.getLogger("mkdocs").addHandler(logging.StreamHandler(sys.stderr))
    rebuild()

    def again() -> None:
        try:
            rebuild()
        except PlaybookError as error:
            say(f"error: {error}; the last good site stays")

    server = _Server(builder=again, host=HOST, port=port, root=str(root / "site"))
    for name in WATCHED:
        if (root / name).exists():
            server.watch(str(root / name), recursive=True)
    try:
        server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
