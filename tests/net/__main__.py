"""`make net`: whether the program still writes what it wrote at an earlier revision, to the byte.

    python -m tests.net [--against REVISION] [--full] [--words-aside]

Both programs get the same input: the frozen workspace beside this module with a git history of its
own, a fixed day, generated accounts, a broken workspace, a small CRM export. What they print and
write is listed as a manifest (path, SHA-256) in build/net; what differs is held against
intended.yaml, where each intended difference stands with its reason. Exit code 1: something differs
that is not listed there.
"""

from __future__ import annotations

import argparse
import difflib
import fnmatch
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import yaml

from generator.outputs.export import FORMATS
from generator.outputs.export.tables import TABLES
from tests.bench.generated import write_portfolio
from tests.history import git
from tests.workspace import make_workspace

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PLACE = ROOT / "build" / "net"
FROZEN = HERE / "frozen"
TODAY = "2026-11-23"
ACCOUNT, THIN = "skagerhavn-terminals", "delmar-steel"
CONTACT = "aksel-dahl"
AUDIENCES = ("public", "customer", "internal", "account_team", "restricted")
OUTSIDE = {"public", "customer"}
"""Editions of one account."""
REPORTS = ("full", "concise", "json", "json-lines", "github", "gitlab", "junit", "sarif", "rdjson")
TEXTS = {".html", ".txt", ".json", ".csv", ".xml", ".md", ".yaml", ".ics", ".css", ".js"}
GENERATED, FULL = 40, 1000
PROCESSES = 2


@dataclass(frozen=True, kw_only=True)
class Call:
    """A command in a workspace, and the files or folders it leaves there."""

    name: str
    workspace: str
    words: tuple[str, ...]
    leaves: tuple[str, ...] = ()


def main() -> int:
    """Run both programs and compare; 0 where all that differs is intended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", help="a revision; default: the one that intended.yaml names")
    parser.add_argument("--full", action="store_true", help=f"also {FULL} generated accounts")
    parser.add_argument(
        "--words-aside", action="store_true", help="compare numbers and tags, not words"
    )
    options = parser.parse_args()
    intended = yaml.safe_load((HERE / "intended.yaml").read_text(encoding="utf-8"))
    revision = git(ROOT, "rev-parse", options.against or intended["since"])
    accounts = FULL if options.full else GENERATED
    begin = time.monotonic()
    PLACE.mkdir(parents=True, exist_ok=True)
    with_inputs(PLACE / "inputs", accounts)
    before = PLACE / f"{revision[:12]}-{inputs_digest()}-{accounts}"
    if not before.is_dir():
        write_all(program_of(revision), before)
    now = PLACE / "now"
    write_all(ROOT, now)
    manifest = manifest_of(now)
    (PLACE / "manifest.txt").write_text(
        "".join(f"{digest}  {path}\n" for path, digest in manifest.items()), encoding="utf-8"
    )
    differing = compare(before, now, words_aside=options.words_aside)
    listed, unlisted = sort_out(differing, intended["differences"] or [])
    print(f"{len(manifest)} files, {len(differing)} differ from {revision[:12]}")
    print(f"{time.monotonic() - begin:.0f} s; manifest: {shown(PLACE / 'manifest.txt')}")
    for reason, paths in listed.items():
        print(f"  {len(paths):5} intended: {reason}")
    for kind, count in Counter(kind_of(path) for path in unlisted).most_common():
        print(f"  {count:5} NOT LISTED: {kind}")
    if unlisted:
        print(f"their differences: {shown(PLACE / 'differences')}")
    return int(bool(unlisted))


def shown(path: Path) -> str:
    """A path for people."""
    return str(path.relative_to(ROOT))


def inputs_digest() -> str:
    """Which input and which commands: what an earlier run may be used for again."""
    files = [*HERE.rglob("*"), ROOT / "tests/bench/generated.py"]
    whole = hashlib.sha256()
    for path in sorted(files):
        if path.is_file() and path.name != "intended.yaml" and path.suffix != ".pyc":
            whole.update(path.read_bytes())
    return whole.hexdigest()[:8]


def program_of(revision: str) -> Path:
    """The program as it was, in a folder of its own."""
    folder = PLACE / "programs" / revision[:12]
    if not folder.is_dir():
        packed = subprocess.run(
            ["git", "archive", revision], cwd=ROOT, check=True, capture_output=True
        ).stdout
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
    return folder


def with_inputs(folder: Path, accounts: int) -> None:
    """The workspaces that both programs are given, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    examples = folder / "examples"
    shutil.copytree(FROZEN, examples, ignore=shutil.ignore_patterns("export"))
    shutil.copytree(FROZEN / "export", folder / "export")
    with_history(examples)
    for audience in AUDIENCES:
        shutil.copytree(examples, folder / f"edition-{audience}")
    # each figure is explained, so each call reads as few plans as it can
    few = shutil.copytree(examples, folder / "few")
    for path in (few / "playbooks").rglob("*.yaml"):
        if path.stem not in (ACCOUNT, THIN):
            path.unlink()
    for language in ("en", "zh"):
        (examples / f"briefs-{language}").mkdir()
    make_workspace(folder / "generated")
    write_portfolio(folder / "generated", accounts)
    make_workspace(
        folder / "broken",
        {f"playbooks/{path.name}": path.read_bytes() for path in (HERE / "broken").iterdir()},
    )
    (folder / "import" / "playbooks").mkdir(parents=True)
    (folder / "new").mkdir()
    make_workspace(folder / "new")


def with_history(folder: Path) -> None:
    """Three commits: prices were lower, then an account was missing, then all as it stands."""
    playbooks = sorted((folder / "playbooks").rglob("*.yaml"))
    texts = {path: path.read_text(encoding="utf-8") for path in playbooks}
    git(folder, "init", "--quiet", "--initial-branch", "main")
    for path, text in texts.items():
        lower = re.sub(r"(?m)^(  price: (?:\{value: )?)(\d+)", _lowered, text)
        path.write_text(lower.replace("grade: fact", "grade: opinion", 1), encoding="utf-8")
    _commit(folder, "Prices of last year")
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    playbooks[0].unlink()
    _commit(folder, "New prices")
    playbooks[0].write_text(texts[playbooks[0]], encoding="utf-8")
    _commit(folder, "One more account")


def _lowered(price: re.Match[str]) -> str:
    return f"{price[1]}{int(price[2]) * 9 // 10}"


def _commit(folder: Path, message: str) -> None:
    git(folder, "add", "playbooks", "site_config")
    git(folder, "commit", "--quiet", "--message", message)


def calls_of(program: Path) -> list[Call]:
    """Every command, format and edition; the longest first."""
    rules = yaml.safe_load((program / "site_config/rules.yaml").read_text(encoding="utf-8"))
    accounts = sorted(path.stem for path in (FROZEN / "playbooks").rglob("*.yaml"))
    site = ("build", "--allow-incomplete", "--copy")
    calls = [
        Call(
            name="site-both",
            workspace="examples",
            words=(*site, "built", "--lang", "both"),
            leaves=("built",),
        ),
        Call(
            name="site-generated",
            workspace="generated",
            words=(*site, "built"),
            leaves=("built",),
        ),
        *(
            Call(
                name=f"site-{audience}",
                workspace=f"edition-{audience}",
                words=(*site, "built", "--audience", audience)
                + (("--account", ACCOUNT) if audience in OUTSIDE else ()),
                leaves=("built",),
            )
            for audience in AUDIENCES
        ),
        Call(
            name="import",
            workspace="import",
            words=("import", "../export", "--mapping", "maven"),
            leaves=("playbooks", "site_config"),
        ),
    ]
    calls += [
        Call(
            name=f"check-{workspace}-{form}",
            workspace=workspace,
            words=("check", "--output-format", form),
        )
        for workspace, forms in (
            ("examples", REPORTS),
            ("broken", REPORTS),
            ("generated", ("json",)),
        )
        for form in forms
    ]
    calls += [
        Call(
            name=f"diff-{form}",
            workspace="examples",
            words=("diff", "HEAD~2", "HEAD", "--output-format", form),
        )
        for form in ("text", "markdown", "json")
    ]
    for form in FORMATS:
        if form.narrowed_by != "table":
            calls.append(export("examples", form.name, form.name))
            continue
        for table in TABLES:
            words = ("--table", table)
            calls.append(export("examples", f"{form.name}-{table}", form.name, *words))
    calls += [
        export("examples", f"json-{audience}", "json", "--audience", audience)
        for audience in AUDIENCES
        if audience not in OUTSIDE
    ]
    calls.append(export("examples", "fields", "xlsx", "--fields", "account.owner,actions.due"))
    calls.append(export("examples", "ics-account", "ics", "--account", ACCOUNT))
    for account in accounts:
        calls.append(Call(name=f"show-{account}", workspace="examples", words=("show", account)))
        calls.append(
            Call(
                name=f"show-json-{account}",
                workspace="examples",
                words=("show", account, "--format", "json"),
            )
        )
    for language in ("en", "zh"):
        calls.append(
            Call(
                name=f"briefs-{language}",
                workspace="examples",
                words=(
                    *("brief", *accounts, "--html", "--lang", language),
                    *("--output", f"briefs-{language}"),
                ),
                leaves=(f"briefs-{language}",),
            )
        )
    calls += [
        Call(name=f"explain-{rule['id']}", workspace="examples", words=("explain", rule["id"]))
        for rule in (rules["rules"] if isinstance(rules, dict) else rules)
        if isinstance(rule, dict)
    ]
    calls += [
        Call(
            name=f"new-{status}-{tier}",
            workspace="new",
            words=("new", f"{status}-{tier}".lower(), "--tier", tier, "--status", status),
            leaves=(f"playbooks/{status}-{tier}.yaml".lower(),),
        )
        for status in ("prospect", "customer", "former")
        for tier in "ABCD"
    ]
    calls += [
        Call(name="schema", workspace="examples", words=("schema",)),
        Call(name="fmt", workspace="examples", words=("fmt", "--check")),
        Call(name="migrate", workspace="examples", words=("migrate", "--check")),
        Call(
            name="person",
            workspace="examples",
            words=("person", "export", f"{ACCOUNT}/{CONTACT}"),
        ),
        Call(
            name="import-dry-run",
            workspace="new",
            words=("import", "../export", "--mapping", "maven", "--dry-run"),
        ),
        Call(name="import-suggest", workspace="new", words=("import", "../export", "--suggest")),
    ]
    return calls


def export(workspace: str, name: str, form: str, *words: str) -> Call:
    """An export into a file."""
    file = f"export-{name}.{form}"
    return Call(
        name=f"export-{name}",
        workspace=workspace,
        words=("export", "--format", form, "--output", file, *words),
        leaves=(file,),
    )


def write_all(program: Path, folder: Path) -> None:
    """All that a program writes, below a folder: a folder for each call."""
    work = PLACE / "work"
    for old in (folder, work, PLACE / "unfinished"):
        shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(PLACE / "inputs", work, symlinks=True)
    unfinished = PLACE / "unfinished"
    unfinished.mkdir()
    calls = calls_of(program)
    run(program, [call for call in calls if call.workspace != "new"], unfinished)
    run(program, [call for call in calls if call.workspace == "new"], unfinished, processes=1)
    figures = json.loads(text_of(unfinished / f"show-json-{ACCOUNT}" / "printed.txt"))["figures"]
    keys = [figure["key"] for figure in figures] if isinstance(figures, list) else list(figures)
    more = [
        Call(
            name=f"explain-{key}-{account}",
            workspace="few",
            words=("explain", key, "--account", account),
        )
        for place, key in enumerate(keys)
        for account in ((ACCOUNT,) if place % 2 else (THIN,))
    ]
    run(program, [*more, *helps(unfinished, program)], unfinished)
    unfinished.rename(folder)


def text_of(printed: Path) -> str:
    """What a command printed, less the line with its exit code."""
    return printed.read_text(encoding="utf-8").rsplit("exit code", 1)[0]


def helps(folder: Path, program: Path) -> list[Call]:
    """`--help` of each command, and of the commands below it."""
    first = Call(name="help", workspace="examples", words=("--help",))
    run(program, [first], folder)
    names = commands_in(folder / "help" / "printed.txt")
    calls = [
        Call(name=f"help-{name}", workspace="examples", words=(name, "--help")) for name in names
    ]
    return [
        *calls,
        *(
            Call(name=f"help-person-{name}", workspace="examples", words=("person", name, "--help"))
            for name in ("export", "erase")
        ),
    ]


def commands_in(printed: Path) -> list[str]:
    """The names that a help lists."""
    _, _, listed = text_of(printed).partition("Commands:\n")
    return re.findall(r"(?m)^  ([a-z]+)\b", listed)


def run(program: Path, calls: Sequence[Call], folder: Path, processes: int = PROCESSES) -> None:
    """Calls shared out to a few processes; then what they left is moved below the folder."""
    for call in calls:
        (folder / call.name).mkdir()
    started = []
    for number in range(processes):
        # The longest stand first, so that each process has its share of them
        share = [
            {
                "folder": str(PLACE / "work" / call.workspace),
                "words": ["--today", TODAY, *call.words],
                "output": str(folder / call.name / "printed.txt"),
            }
            for call in calls[number::processes]
        ]
        listed = PLACE / f"calls-{number}.json"
        listed.write_text(json.dumps(share), encoding="utf-8")
        words = [sys.executable, str(HERE / "call.py"), str(listed)]
        started.append(subprocess.Popen(words, cwd=PLACE, env=environment(program)))
    if any(process.wait() for process in started):
        sys.exit("the program could not be started")
    for call in calls:
        for left in call.leaves:
            source = PLACE / "work" / call.workspace / left
            if source.exists():
                (folder / call.name / left).parent.mkdir(parents=True, exist_ok=True)
                shutil.move(source, folder / call.name / left)


def environment(program: Path) -> Mapping[str, str]:
    """Nothing of a desk, a git hook or a CI service, and the program first on the path."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") and name not in {"CI", "GITHUB_ACTIONS", "FORCE_COLOR"}
    }
    return {**kept, "PYTHONPATH": str(program), "PYTHONHASHSEED": "0", "COLUMNS": "100"}


def files_of(folder: Path) -> dict[str, Path]:
    """Every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def manifest_of(folder: Path) -> dict[str, str]:
    """Path and SHA-256 of every file."""
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in files_of(folder).items()
    }


def compare(before: Path, now: Path, *, words_aside: bool) -> list[str]:
    """Which files differ; how, as text, is written to build/net/differences."""
    place = PLACE / "differences"
    shutil.rmtree(place, ignore_errors=True)
    old_files, new_files = files_of(before), files_of(now)
    differing = []
    for name in sorted({*old_files, *new_files}):
        old, new = (
            files[name].read_bytes() if name in files else None for files in (old_files, new_files)
        )
        if old == new or (words_aside and old and new and numbers_of(old) == numbers_of(new)):
            continue
        differing.append(name)
        target = place / f"{name}.diff"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(difference(name, old, new)) + "\n", encoding="utf-8")
    return differing


def numbers_of(content: bytes) -> list[bytes]:
    """What stays of a text when its words may change: numbers and the names of tags, in order."""
    return re.findall(rb"</?[a-z0-9]+|(?<![\w-])[\d][\d.,%]*", content)


def difference(name: str, old: bytes | None, new: bytes | None) -> Iterator[str]:
    """The lines of a unified diff, tags on lines of their own; sizes only where it is no text."""
    if old is None or new is None:
        yield "only before" if new is None else "only now"
    elif Path(name).suffix not in TEXTS:
        yield f"{len(old)} bytes before, {len(new)} now"
    else:
        before, after = (
            content.decode(errors="replace").replace("><", ">\n<").splitlines()
            for content in (old, new)
        )
        yield from difflib.unified_diff(before, after, "before", "now", lineterm="", n=1)


def sort_out(
    differing: Sequence[str], intended: Sequence[Mapping[str, str]]
) -> tuple[dict[str, list[str]], list[str]]:
    """The differing paths by the reason that intended.yaml gives, and those without one."""
    listed: dict[str, list[str]] = {}
    unlisted = []
    for path in differing:
        for entry in intended:
            if fnmatch.fnmatch(path, entry["paths"]):
                listed.setdefault(entry["reason"], []).append(path)
                break
        else:
            unlisted.append(path)
    return listed, unlisted


def kind_of(path: str) -> str:
    """What a path is of, for a count."""
    first, _, rest = path.partition("/")
    return f"{first} {re.sub(r'[^/]+$', '*', rest)}{Path(rest).suffix}"


if __name__ == "__main__":
    sys.exit(main())
