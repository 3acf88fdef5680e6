"""`make net`: whether the program still writes what it wrote at an earlier revision, to the byte.

    python -m tests.net [--against REVISION] [--full] [--words-aside]

Both programs get the same input: the frozen workspace beside this module with a git history of its
own, a fixed day, generated accounts, a broken workspace, a small CRM export. What they print and
write is listed as a manifest (path, SHA-256) in build/net; what differs is held against
intended.yaml, where each intended difference stands with its reason. Exit code 1: something differs
that is not listed there, or a command did not do what it is in the net for.
"""

from __future__ import annotations

import argparse
import difflib
import fnmatch
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import yaml

from generator.outputs.export import FORMATS
from generator.outputs.export.tables import TABLES
from tests.bench.generated import write_portfolio
from tests.history import git
from tests.net.run import Call, Program, failures, text_of
from tests.workspace import make_workspace

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PLACE = ROOT / "build" / "net"
FROZEN = HERE / "frozen"
ACCOUNT, THIN = "skagerhavn-terminals", "delmar-steel"
CONTACT = "aksel-dahl"
AUDIENCES = ("public", "customer", "internal", "account_team", "restricted")
OUTSIDE = {"public", "customer"}
OF_AN_ACCOUNT = {*OUTSIDE, "restricted"}
"""Editions of one account; the restricted one of all accounts is the site."""
REPORTS = ("full", "concise", "json", "json-lines", "github", "gitlab", "junit", "sarif", "rdjson")
TEXTS = {".html", ".txt", ".json", ".csv", ".xml", ".md", ".yaml", ".ics", ".css", ".js"}
GENERATED, FULL = 40, 1000
STATUSES, TIERS = ("prospect", "customer", "former"), "ABCD"
FINDINGS = 1
"""The exit code of a command that finds something, as it should."""


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
    failed = list(failures(write_all(ROOT, now), now))
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
    for failure in failed:
        print(f"  FAILED {failure}")
    return int(bool(unlisted or failed))


def shown(path: Path) -> str:
    """A path for people."""
    return str(path.relative_to(ROOT))


def inputs_digest() -> str:
    """Which input and which commands: what an earlier run may be used for again."""
    files = [*HERE.rglob("*"), ROOT / "tests/bench/generated.py"]
    whole = hashlib.sha256()
    for path in sorted(files):
        is_input = path.name != "intended.yaml" and not path.name.startswith("test_")
        if path.is_file() and is_input and path.suffix != ".pyc":
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
    make_workspace(folder / "nothing")
    for status in STATUSES:
        for tier in TIERS:
            make_workspace(folder / f"new-{status}-{tier}")


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
    folder = next(
        path
        for name in ("generator/defaults", "defaults", "site_config")
        if (path := program / name).is_dir()
    )
    rules = yaml.safe_load((folder / "rules.yaml").read_text(encoding="utf-8"))
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
                + (("--account", ACCOUNT) if audience in OF_AN_ACCOUNT else ()),
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
            code=code,
        )
        for workspace, forms, code in (
            ("examples", REPORTS, 0),
            ("broken", REPORTS, FINDINGS),
            ("generated", ("json",), 0),
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
    # pages show each account in words, too
    calls += [
        Call(name=f"show-{account}", workspace="examples", words=("show", account))
        for account in accounts[::2]
    ]
    calls += [
        Call(
            name=f"show-json-{account}",
            workspace="examples",
            words=("show", account, "--format", "json"),
        )
        for account in accounts
    ]
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
    # the page of rules says of each what `explain` does
    calls += [
        Call(name=f"explain-{rule['id']}", workspace="examples", words=("explain", rule["id"]))
        for rule in rules["rules"][::4]
    ]
    calls += [
        Call(
            name=f"new-{status}-{tier}",
            workspace=f"new-{status}-{tier}",
            words=("new", f"{status}-{tier}".lower(), "--tier", tier, "--status", status),
            leaves=(f"playbooks/{status}-{tier}.yaml".lower(),),
        )
        for status in STATUSES
        for tier in TIERS
    ]
    calls += [
        Call(name="schema", workspace="examples", words=("schema",)),
        Call(name="fmt", workspace="examples", words=("fmt", "--check"), code=FINDINGS),
        # the frozen workspace has a whole copy of what 0.1 shipped
        Call(name="migrate", workspace="examples", words=("migrate", "--check"), code=1),
        Call(
            name="person",
            workspace="examples",
            words=("person", "export", f"{ACCOUNT}/{CONTACT}"),
        ),
        Call(
            name="import-dry-run",
            workspace="nothing",
            words=("import", "../export", "--mapping", "maven", "--dry-run"),
        ),
        Call(
            name="import-suggest",
            workspace="nothing",
            words=("import", "../export", "--suggest"),
        ),
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


def write_all(program: Path, folder: Path) -> list[Call]:
    """All that a program writes, below a folder: a folder for each call, which are returned."""
    work, unfinished = PLACE / "work", PLACE / "unfinished"
    for old in (folder, work, unfinished):
        shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(PLACE / "inputs", work, symlinks=True)
    unfinished.mkdir()
    calls = calls_of(program)
    with Program(program, work, unfinished) as started:
        help_call = Call(name="help", workspace="examples", words=("--help",))
        started.run([*calls, help_call])
        more = [*explanations(unfinished), *helps(unfinished)]
        started.run(more)
    unfinished.rename(folder)
    return [*calls, help_call, *more]


def explanations(folder: Path) -> list[Call]:
    """`explain` of each figure, in turn for one account and the other."""
    figures = json.loads(text_of(folder / f"show-json-{ACCOUNT}"))["figures"]
    keys = [figure["key"] for figure in figures] if isinstance(figures, list) else list(figures)
    return [
        Call(
            name=f"explain-{key}-{account}",
            workspace="few",
            words=("explain", key, "--account", account),
        )
        for place, key in enumerate(keys)
        for account in ((ACCOUNT,) if place % 2 else (THIN,))
    ]


def helps(folder: Path) -> list[Call]:
    """`--help` of each command that the help lists, and of the commands below it."""
    _, _, listed = text_of(folder / "help").partition("Commands:\n")
    names = [(name,) for name in re.findall(r"(?m)^  ([a-z]+)\b", listed)]
    return [
        Call(name="-".join(("help", *words)), workspace="examples", words=(*words, "--help"))
        for words in (*names, ("person", "export"), ("person", "erase"))
    ]


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
