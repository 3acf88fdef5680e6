"""The MkDocs hook for builds by hand: whole pages from `mkdocs build` and `mkdocs serve`.

`playbook build` splices by itself, after any builder, and tells this hook to leave the pages.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from generator.publish.files import read_fragments
from generator.publish.splice import splice

HANDS_OFF = "PLAYBOOK_SPLICES"


def on_post_page(output: str, *, page: Any, config: Any) -> str:
    """The finished page with its fragments."""
    if os.environ.get(HANDS_OFF):
        return output
    source = page.file.src_uri
    return splice(output, read_fragments(Path(config.docs_dir).parent, source), page=source)
