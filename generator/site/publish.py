"""From a site tree to the published site: write, build, splice, verify, swap, in this order."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.errors import BuildError
from generator.pages.tree import SiteTree
from generator.site.builder import Switch, built_site, config_by_hand, frame_of
from generator.site.disk import (
    copy_files,
    disk_errors,
    files_below,
    make_folders,
    only_build,
    staging_folder,
    write_file,
)
from generator.site.files import html_name, refuse_links, write_tree
from generator.site.frame import SITEMAP, frame_pages, framed, sitemap_files
from generator.site.full_text import index_full_text, require_full_text
from generator.site.not_found import NOT_FOUND, with_advice
from generator.site.overlay import Overlay, overlay_of
from generator.site.release import (
    RELEASES,
    Home,
    adopt,
    clear_staging,
    copy_site,
    point_site_to,
    prune,
    refuse_foreign_copy,
    refuse_foreign_site,
)
from generator.site.splice import splice
from generator.site.verify import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A published site."""

    folder: Path
    index: Path
    """What to open."""


def publish_site(  # noqa: PLR0913 - each is a choice of the command line
    tree: SiteTree,
    *,
    root: Path,
    builder: str,
    today: datetime.date,
    second: SiteTree | None = None,
    edition: str = "",
    copy_to: Path | None = None,
    on_progress: Callable[[str], None] | None = None,
) -> Release:
    """Build the tree and publish it as `site`; a failure at any point leaves the last good site.

    `second` is the same site in a second language; it lies in a folder of that name, and each page
    leads to its like. An edition has a name: it is published as `site-NAME` and shares no file
    with others.
    Raises BuildError, also for what the disk refuses.
    """
    say = on_progress or (lambda _: None)
    root = root.resolve()
    home = Home(root=root, edition=edition)
    build = home.build
    trees = (tree,) if second is None else (tree, second)
    switch = Switch(languages=tuple(each.language for each in trees))
    overlay = overlay_of(root, tree.brand)
    dressed = [with_files(each, overlay) for each in trees]
    with disk_errors():
        if tree.full_text:
            require_full_text()
        refuse_foreign_site(home)
        refuse_links(build)
        plain = refuse_foreign_copy(copy_to, root) if copy_to else None
        with only_build(build):
            clear_staging(home)
            made = []
            for language_tree in dressed:
                say("writing pages")
                language_home = replace(home, second=switch.folders[language_tree.language.code])
                write_tree(language_tree, language_home.build)
                say(f"building with {builder}")
                made.append(
                    built_site(language_tree, language_home, builder, today, switch, overlay)
                )
            with staging_folder(build / RELEASES) as staged:
                say("putting pages together")
                for language_tree, built in zip(dressed, made, strict=True):
                    code = language_tree.language.code
                    folder = staged / switch.folders[code]
                    _assemble(built, folder, language_tree, switch)
                    if language_tree.full_text:
                        say("indexing with Pagefind")
                        index_full_text(folder, build, language_tree, today)
                say("verifying")
                verify(staged, tree, second)
                release = adopt(staged, build)
            point_site_to(release, home)
            prune(build, release)
            if plain:
                copy_site(release, plain)
    return Release(folder=release, index=(plain or home.site) / "index.html")


def write_pages(tree: SiteTree, *, root: Path) -> Path:
    """Write only what the site builder reads; the configuration for `mkdocs build -f` by hand.

    Raises BuildError, also for what the disk refuses.
    """
    root = root.resolve()
    overlay = overlay_of(root, tree.brand)
    with disk_errors():
        refuse_links(root / "build")
        with only_build(root / "build"):
            write_tree(with_files(tree, overlay), root / "build")
            frame = frame_of(tree, Switch(languages=(tree.language,)), overlay)
            return config_by_hand(root, frame)


def with_files(tree: SiteTree, overlay: Overlay) -> SiteTree:
    """The tree with the firm's own pictures and styles."""
    files = sorted((*tree.files, *overlay.files), key=lambda file: file.path)
    return replace(tree, files=tuple(files))


def _assemble(built: Path, staged: Path, tree: SiteTree, switch: Switch) -> None:
    """The site in the staging folder: the builder's files, our static ones, pages made whole."""
    files = {file.path: file.content for file in tree.files}
    pages = {html_name(page): page for page in tree.pages}
    frames = {page.path: html_name(page) for page in frame_pages(tree.framed)}
    names = files_below(built)
    if missing := sorted((pages.keys() | {*frames.values()}) - set(names)):
        raise BuildError(f"the site builder left out {missing[0]}")
    if frames and SITEMAP in names:
        files.update(sitemap_files((built / SITEMAP).read_text(encoding="utf-8"), tree.framed))
    made = pages.keys() | files.keys() | {*frames.values(), NOT_FOUND}
    copy_files(built, staged, [name for name in names if name not in made])
    for name, page in pages.items():
        html = (built / name).read_bytes().decode()
        html = switch.on_page(html, name, tree.language.code)
        files[name] = splice(html, page.fragments, page=page.path).encode()
    if NOT_FOUND in names:
        html = (built / NOT_FOUND).read_bytes().decode()
        files[NOT_FOUND] = with_advice(html, tree.not_found).encode()
    around = {path: (built / name).read_bytes().decode() for path, name in frames.items()}
    for page_in in tree.framed:
        html = switch.on_page(around[page_in.frame.value], page_in.path, tree.language.code)
        files[page_in.path] = framed(html, page_in).encode()
    make_folders(staged, files)
    for name, content in files.items():
        write_file(staged / name, content)
