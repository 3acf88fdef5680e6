"""The site on this machine while plans are being written: watch, rebuild, reload."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from generator.errors import BuildError, PlaybookError

HOST = "127.0.0.1"
_WATCHED = ("playbooks", "site_config", "templates", "mkdocs.yml")
_LOCAL_NAMES = frozenset({HOST, "localhost"})


def serve(
    root: Path,
    rebuild: Callable[[], None],
    *,
    port: int,
    say: Callable[[str], None],
    open_browser: bool = False,
) -> None:
    """Build once, then serve `site` and rebuild whenever something watched changes.

    A rebuild that fails says why and keeps the last good site. Ends with Ctrl+C. Raises
    PlaybookError when there is no site to begin with, or the port is taken.
    """
    server = _Server(root, rebuild, port=port, say=say)
    _log_to_stderr()
    try:
        server.first_build()
        server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()


class _Server(LiveReloadServer):
    """Live reload of `site` that outlives broken files and answers to this machine alone."""

    def __init__(
        self, root: Path, rebuild: Callable[[], None], *, port: int, say: Callable[[str], None]
    ) -> None:
        super().__init__(builder=self._again, host=HOST, port=port, root=str(root / "site"))
        self._workspace = root
        self._rebuild = rebuild
        self._say = say
        self._has_port = False
        self.server_bind()
        self.url = f"http://{HOST}:{self.server_port}/"

    def server_bind(self) -> None:
        """Take the port once, before the first build: whether it is free is known at once."""
        if self._has_port:
            return
        try:
            super().server_bind()
        except OSError as error:
            self.server_close()
            port = self.server_address[1]
            raise BuildError(
                f"cannot serve at port {port}: {error.strerror}; choose another with --port"
            ) from error
        self._has_port = True

    def first_build(self) -> None:
        """Build; an error stops only where there is no site of before to show."""
        self._watch()
        try:
            self._rebuild()
        except PlaybookError as error:
            if not (self._workspace / "site" / "index.html").is_file():
                raise
            self._keep_last(error)

    def serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Refuse requests that another site's page sends here under a name of its own."""
        name = environ.get("HTTP_HOST", "").partition(":")[0].lower()
        if name not in _LOCAL_NAMES:
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [b"This server answers to localhost only.\n"]
        return super().serve_request(environ, start_response)

    def _again(self) -> None:
        self._watch()
        try:
            self._rebuild()
        except PlaybookError as error:
            self._keep_last(error)
        except Exception:  # noqa: BLE001 - whatever it is, pages are served on
            traceback.print_exc()
            self._say("a bug, please report it; the last good site stays")

    def _keep_last(self, error: PlaybookError) -> None:
        self._say(f"error: {error}; the last good site stays")

    def _watch(self) -> None:
        """Watch what is there; a folder that is made later is taken in at the next change."""
        for name in _WATCHED:
            path = self._workspace / name
            if path.exists() and str(path) not in self._watched_paths:
                self.watch(str(path), recursive=True)


def _log_to_stderr() -> None:
    """Show what the server says: where it is, what it noticed."""
    log = logging.getLogger("mkdocs.livereload")
    log.setLevel(logging.INFO)
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.StreamHandler(sys.stderr))
