"""The MkDocs hook for builds by hand: whole pages from `mkdocs build` and `mkdocs serve`.

`playbook build` splices by itself, after any builder, and tells this hook to leave the pages.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from generator.errors import BuildError
from generator.site.files import BESIDE, FRAGMENTS, FRAMED, html_path, read_fragments, read_framed
from generator.site.frame import FRAMES, SITEMAP, framed, sitemap_files
from generator.site.splice import splice

HANDS_OFF = "PLAYBOOK_SPLICES"


def on_post_page(output: str, *, page: Any, config: Any) -> str:
    """The finished page with its fragments."""
    if os.environ.get(HANDS_OFF):
        return output
    source = page.file.src_uri
    if source.startswith(FRAMES):
        return output
    try:
        return splice(output, read_fragments(Path(config.docs_dir).parent, source), page=source)
    except BuildError as error:
        raise PluginError(str(error)) from error


def on_post_build(*, config: Any) -> None:
    """Write the pages in frames, and the files beside; take the frames away."""
    if os.environ.get(HANDS_OFF):
        return
    site, build = Path(config.site_dir), Path(config.docs_dir).parent
    if (build / BESIDE).is_dir():
        shutil.copytree(build / BESIDE, site, dirs_exist_ok=True)
    pages = tuple(read_framed(build))
    for page in pages:
        frame = (site / html_path(page.frame.value)).read_text(encoding="utf-8")
        path = site / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(framed(frame, page), encoding="utf-8")
    if pages and (site / SITEMAP).is_file():
        listed = sitemap_files((site / SITEMAP).read_text(encoding="utf-8"), pages)
        for name, content in listed.items():
            (site / name).write_bytes(content)
    shutil.rmtree(site / FRAMES, ignore_errors=True)


def on_serve(server: Any, *, config: Any, **_: Any) -> None:
    """Have `mkdocs serve` reload also when only fragments have changed."""
    for folder in (FRAGMENTS, FRAMED, BESIDE):
        server.watch(str(Path(config.docs_dir).parent / folder))
