"""From a site tree to the published site: write, build, splice, verify, swap, in this order."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.errors import BuildError
from generator.publish.builder import built_site
from generator.publish.files import refuse_links, write_tree
from generator.publish.lock import only_build
from generator.publish.release import (
    adopt,
    clear_staging,
    copy_site,
    point_site_to,
    prune,
    refuse_real_site,
    staging_folder,
)
from generator.publish.splice import splice
from generator.publish.squeeze import squeeze
from generator.publish.verify import verify
from generator.render.tree import SiteTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A published site."""

    folder: Path
    index: Path
    """What to open."""


def publish_site(
    tree: SiteTree,
    *,
    root: Path,
    builder: str,
    today: datetime.date,
    copy_to: Path | None = None,
    on_progress: Callable[[str], None] | None = None,
) -> Release:
    """Build the tree and publish it as `site`; a failure at any point leaves the last good site.

    Raises BuildError, also for what the disk refuses.
    """
    say = on_progress or (lambda _: None)
    build = root / "build"
    try:
        refuse_real_site(root)
        refuse_links(build)
        with only_build(build):
            clear_staging(build)
            say("writing pages")
            write_tree(tree, build)
            say(f"building with {builder}")
            built = built_site(root, builder, today)
            say("putting pages together")
            staged = staging_folder(build)
            try:
                _assemble(built, staged, tree)
                say("verifying")
                verify(staged, tree)
                release = adopt(staged, build)
            finally:
                shutil.rmtree(staged, ignore_errors=True)
            point_site_to(release, root)
            prune(build, release)
            if copy_to is not None:
                copy_site(release, copy_to)
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        raise BuildError(f"the disk refused{where}: {error.strerror or error}") from error
    index = (copy_to or root / "site") / "index.html"
    return Release(folder=release, index=index)


def _assemble(built: Path, staged: Path, tree: SiteTree) -> None:
    """The builder's files in the staging folder, pages with their fragments."""
    shutil.copytree(built, staged, dirs_exist_ok=True)
    for page in tree.pages:
        path = staged / f"{page.path.removesuffix('.md')}.html"
        if not path.is_file():
            raise BuildError(f"the site builder left out {page.path}")
        html = squeeze(path.read_text(encoding="utf-8"))
        path.write_text(
            splice(html, page.fragments, page=page.path), encoding="utf-8", newline="\n"
        )
