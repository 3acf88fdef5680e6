"""The MkDocs hook for builds by hand: whole pages from `mkdocs build` and `mkdocs serve`.

`playbook build` splices by itself, after any builder, and tells this hook to leave the pages.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from generator.errors import BuildError
from generator.site.files import FRAGMENTS, read_fragments
from generator.site.splice import splice

HANDS_OFF = "PLAYBOOK_SPLICES"


def on_post_page(output: str, *, page: Any, config: Any) -> str:
    """The finished page with its fragments."""
    if os.environ.get(HANDS_OFF):
        return output
    source = page.file.src_uri
    try:
        return splice(output, read_fragments(Path(config.docs_dir).parent, source), page=source)
    except BuildError as error:
        raise PluginError(str(error)) from error


def on_serve(server: Any, *, config: Any, **_: Any) -> None:
    """Have `mkdocs serve` reload also when only fragments have changed."""
    server.watch(str(Path(config.docs_dir).parent / FRAGMENTS))
