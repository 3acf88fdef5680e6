"""Style and script of the site: all files of one kind as one, so that mkdocs.yml names one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.pages.site import Site
from generator.pages.tree import StaticFile


def asset_files(site: Site) -> Iterator[StaticFile]:
    """assets/playbooks.css and assets/playbooks.js, each out of its parts in order of name."""
    for ending in (".css", ".js"):
        text = "\n".join(site.engine.asset(name) for name in site.engine.assets(ending))
        yield StaticFile(path=f"assets/playbooks{ending}", content=text.encode())
