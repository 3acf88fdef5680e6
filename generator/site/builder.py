"""The site builder as a subprocess: MkDocs with Material, or Zensical, over build/docs.

Its configuration is ours, with our folders and the firm's own look laid over it: nothing that a
playbook says gets there.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import BuildError
from generator.language import ENGLISH, Language, say, speaking
from generator.pages.tree import SiteTree
from generator.share import mkdocs_file
from generator.site import hook
from generator.site.disk import clear_leftovers, discard, staging_folder, write_if_changed
from generator.site.files import DOCS
from generator.site.frame import frame_pages
from generator.site.hook import HANDS_OFF
from generator.site.overlay import OURS, Overlay, laid_over, our_configuration
from generator.site.release import Home

LINES_SHOWN = 6
SIGNS_SHOWN = 300
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_NOTES = ("INFO ", "DEBUG ", "Build started")
_TRACEBACK = "Traceback (most recent call last):"
# Zensical frames the place of a mistake in a drawing of lines
_FRAME = "─│╭╰╯┬ []"


def require(module: str, *parts: str, extra: str = "") -> None:
    """Stop with the cure when a program, or a part of it, is not installed."""
    if any(importlib.util.find_spec(part) is None for part in (module, *parts)):
        cure = f"; pip install 'account-playbooks[{extra}]'" if extra else ""
        raise BuildError(f"{module} is not installed{cure}")


def run_module(
    module: str, arguments: Sequence[str], *, folder: Path, today: datetime.date
) -> None:
    """Run a program of this Python in a folder; BuildError in its own words when it fails."""
    # -P keeps the working folder out of what can be imported
    command = [sys.executable, "-P", "-m", module, *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=_environment(today),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        raise BuildError(f"{module} could not be started: {error.strerror}") from error
    if done.returncode:
        raise BuildError(f"{module} failed: {complaint(done.stdout.decode('utf-8', 'replace'))}")


def _environment(today: datetime.date) -> dict[str, str]:
    """The program's surroundings, the same on every machine and day."""
    noon = datetime.datetime.combine(today, datetime.time(12), datetime.UTC)
    return {
        **{name: os.environ[name] for name in os.environ if not name.startswith("PAGEFIND_")},
        HANDS_OFF: "1",
        "NO_COLOR": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": str(int(noon.timestamp())),
        "TZ": "UTC",
    }


def complaint(output: str) -> str:
    """The program's own words on one line, shortened to what helps.

    Notes, drawings and the inside of a traceback go; the first mistakes and the number of the
    others stay.
    """
    before, _, traceback = _COLOURS.sub("", output).partition(_TRACEBACK)
    lines = [*before.splitlines(), *traceback.splitlines()[-1:]]
    plain = [" ".join(line.strip(_FRAME).split()) for line in lines if "│" not in line]
    complaints = [line for line in plain if line and not line.startswith(_NOTES)]
    shown = [_shortened(line) for line in complaints[:LINES_SHOWN]]
    if len(complaints) > LINES_SHOWN:
        shown.append(f"and {len(complaints) - LINES_SHOWN} more lines")
    return " | ".join(shown) or "it said nothing"


def _shortened(line: str) -> str:
    return line if len(line) <= SIGNS_SHOWN else f"{line[:SIGNS_SHOWN]}…"


# As the builder writes it in the switch; quotes may be gone since
_ALTERNATE = re.compile(r"""(<a\b[^<>]*?\bhref=)("?)[^"\s<>]*\2(\s+hreflang="?([a-z]+))""")
# In the head they are for search engines, which want whole addresses; and the theme's script looks
# beside each for a list of pages, which is not there
_IN_HEAD = re.compile(r"""<link\b[^<>]*\shreflang=[^<>]*>\s*""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """The languages of a site and the folder of each; one language has nothing to switch."""

    languages: tuple[Language, ...]

    @property
    def folders(self) -> Mapping[str, str]:
        """By code the folder within the site: the first has the site itself."""
        return {
            language.code: "" if index == 0 else language.code
            for index, language in enumerate(self.languages)
        }

    def alternates(self, here: str) -> Sequence[Mapping[str, str]]:
        """What the builder's configuration says of them, as seen from the language `here`."""
        if len(self.languages) == 1:
            return ()
        return [
            {
                "name": language.name,
                "link": self._between("index.html", here, language.code),
                "lang": language.code,
            }
            for language in self.languages
        ]

    def on_page(self, html: str, page: str, here: str) -> str:
        """The page with its switch leading to the same page, not to the beginning."""
        folders = self.folders

        def same_page(link: re.Match[str]) -> str:
            if link[4] not in folders:
                return link[0]
            return f"{link[1]}{link[2]}{self._between(page, here, link[4])}{link[2]}{link[3]}"

        if len(folders) == 1:
            return html
        return _ALTERNATE.sub(same_page, _IN_HEAD.sub("", html))

    def _between(self, page: str, here: str, there: str) -> str:
        """The address of a page in one language from the same page in another."""
        folders = self.folders
        own = posixpath.join(folders[here], posixpath.dirname(page))
        return posixpath.relpath(posixpath.join(folders[there], page), own or ".")


def config_for(home: Home, site_dir: str, frame: str) -> Path:
    """The configuration of one run of the builder, which writes to `site_dir` below build.

    Folders are relative, because Zensical takes no others; our own lines come last and win.
    Hooks are left out: ours has nothing to do here, and Zensical would not run any.
    """
    build = home.build
    config = (
        f"INHERIT: {_base(home.root, build, has_nav=_HAS_NAV.search(frame) is not None)}\n"
        f"docs_dir: {DOCS}\n"
        f"site_dir: {site_dir}\n"
        "hooks: []\n"
        "strict: true\n"
        f"{frame}"
    )
    write_if_changed(build / "mkdocs.yml", config.encode())
    return build / "mkdocs.yml"


def frame_of(tree: SiteTree, switch: Switch, overlay: Overlay = OURS, folder: str = "") -> str:
    """Lines about the frame around the pages: its navigation, its language, the firm's own look.

    `folder` is that of the language within the site. Empty where our configuration says it all.
    """
    with speaking(tree.language):
        words = _words(tree, switch, overlay, folder)
    return "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in words.items()
    )


def _words(tree: SiteTree, switch: Switch, overlay: Overlay, folder: str) -> dict[str, Any]:
    words: dict[str, Any] = dict(overlay.words)
    is_told = tree.language is not ENGLISH
    if folder and "site_url" in words:
        words["site_url"] = f"{words['site_url']}{folder}/"
    if is_told or tree.nav or tree.nav_also or tree.nav_below or tree.left_out:
        nav = _as_listed(tree.nav) or list(our_configuration()["nav"])
        nav = _added(list(_without(nav, tree.left_out)), tree.nav_below)
        words["nav"] = _nav([*nav, *_as_listed(tree.nav_also)])
    if alternates := switch.alternates(tree.language.code):
        # the theme keeps a reader's choice of colours by this: one choice in both languages
        also = {"alternate": alternates, "scope": "/"}
        words["extra"] = {**words.get("extra", {}), **also}
    if is_told:
        whole = laid_over(our_configuration(), words)
        words["site_name"] = say(whole["site_name"])
        theme = {"language": tree.language.code, "palette": _palette(whole["theme"]["palette"])}
        words["theme"] = {**words.get("theme", {}), **theme}
    return words


def _as_listed(entries: Sequence[tuple[str, Any]]) -> list[Any]:
    """Titles and pages as the builder's configuration lists them."""
    return [
        {title: below if isinstance(below, str) else _as_listed(below)} for title, below in entries
    ]


def _without(entries: Sequence[Any], left_out: frozenset[str]) -> Iterator[Any]:
    """The navigation without some pages, and without what then gathers nothing."""
    for entry in entries:
        if not isinstance(entry, dict):
            if entry not in left_out:
                yield entry
            continue
        kept = {
            title: list(_without(below, left_out)) if isinstance(below, list) else below
            for title, below in entry.items()
            if not isinstance(below, str) or below not in left_out
        }
        if any(kept.values()):
            yield kept


def _added(entries: list[Any], nav_below: Sequence[tuple[str, Any]]) -> list[Any]:
    """The navigation with further pages below entries that it has, or behind all."""
    for title, more in nav_below:
        for entry in entries:
            if isinstance(entry, dict) and isinstance(entry.get(title), list):
                entry[title] = [*entry[title], *_as_listed(more)]
                break
        else:
            entries.append({title: _as_listed(more)})
    return entries


def _nav(entries: Sequence[Any]) -> list[Any]:
    """The navigation with its titles in the language that is spoken."""
    return [
        {
            say(title): _nav(below) if isinstance(below, list) else below
            for title, below in entry.items()
        }
        if isinstance(entry, dict)
        else entry
        for entry in entries
    ]


def _palette(schemes: Any) -> Any:
    """Colour schemes with the names of their switches in the language that is spoken."""
    if not isinstance(schemes, list):
        return schemes
    return [
        {**scheme, "toggle": {**scheme["toggle"], "name": say(scheme["toggle"]["name"])}}
        if "name" in scheme.get("toggle", {})
        else scheme
        for scheme in schemes
    ]


def config_by_hand(root: Path, frame: str) -> Path:
    """The configuration for `mkdocs build -f` by hand.

    The workspace's own, where it is ours, finds the hook from there and the frame needs no other
    words; else one that adds what lacks.
    """
    own, build = root / "mkdocs.yml", root / "build"
    if not frame and _is_ours(own) and (root / "generator" / "site" / "hook.py").is_file():
        return own
    config = (
        f"INHERIT: {_base(root, build, has_nav=False)}\n"
        f"docs_dir: {DOCS}\n"
        "site_dir: mkdocs\n"
        f"hooks: [{json.dumps(hook.__file__)}]\n"
        f"{frame}"
    )
    write_if_changed(build / "by-hand.yml", config.encode())
    return build / "by-hand.yml"


def _is_ours(path: Path) -> bool:
    return path.is_file() and path.read_bytes() == mkdocs_file().read_bytes()


_HAS_NAV = re.compile(r"^nav: ", re.MULTILINE)
_OUR_NAV = re.compile(r"^nav:\n(?:[ #-].*\n|\n)+", re.MULTILINE)


def _base(root: Path, build: Path, *, has_nav: bool) -> str:
    """Our configuration, relative to the build folder.

    Without its navigation where another follows: Zensical would put one behind the other.
    """
    if not has_nav and _is_ours(root / "mkdocs.yml"):
        return Path(os.path.relpath(root / "mkdocs.yml", build)).as_posix()
    text = mkdocs_file().read_text(encoding="utf-8")
    base = _OUR_NAV.sub("", text) if has_nav else text
    write_if_changed(build / "base.yml", base.encode())
    return "base.yml"


BUILDERS = ("mkdocs", "zensical")
BUILT = "built"
BUILDS_KEPT = 2
_PACKAGES = {
    "mkdocs": ("mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions"),
    "zensical": ("zensical", "Markdown", "pymdown-extensions"),
}


def built_site(
    tree: SiteTree,
    home: Home,
    builder: str,
    today: datetime.date,
    switch: Switch | None = None,
    overlay: Overlay = OURS,
) -> Path:
    """A folder with what the builder makes of the tree's pages, placeholders not yet filled.

    build/docs holds the tree already. The builder runs only when pages, configuration or builder
    have changed: an edit that changes fragments or static files alone needs none.
    """
    build = home.build
    folder = build / BUILT
    frame = frame_of(tree, switch or Switch(languages=(tree.language,)), overlay, home.second)
    done = folder / _key(tree, builder, today, frame)
    clear_leftovers(folder)
    if not done.is_dir():
        with staging_folder(folder) as made:
            config = config_for(home, made.relative_to(build).as_posix(), frame)
            _run(builder, config, today)
            if not made.is_dir():
                raise BuildError(f"{builder} ended well but wrote no site")
            made.rename(done)
    os.utime(done)
    _keep_newest(folder)
    return done


def _key(tree: SiteTree, builder: str, today: datetime.date, frame: str) -> str:
    """A hash over all that the builder's output depends on.

    Of static files that is their names: the builder only copies them, and publishing takes them
    from the tree.
    """
    versions = [f"{name}={_version(name)}" for name in _PACKAGES[builder]]
    names = [file.path for file in tree.files if file.is_for_builder]
    digest = hashlib.sha256(
        json.dumps([builder, versions, today.isoformat(), names, frame]).encode()
    )
    digest.update(hashlib.sha256(mkdocs_file().read_bytes()).digest())
    for page in (*frame_pages(tree.framed), *tree.pages):
        digest.update(f"\0{page.path}\0{len(page.markdown)}\0{page.markdown}".encode())
    return digest.hexdigest()[:20]


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "none"


def _run(builder: str, config: Path, today: datetime.date) -> None:
    require(builder, extra="zensical" if builder == "zensical" else "")
    # Not --quiet: it would keep MkDocs from counting warnings, and strict would let them pass.
    arguments = ("build", "--config-file", config.name)
    run_module(builder, arguments, folder=config.parent, today=today)


def _keep_newest(folder: Path) -> None:
    builds = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in builds[BUILDS_KEPT:]:
        discard(path)
