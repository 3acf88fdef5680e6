"""`playbook person`: what the files hold of a person, shown or taken out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from generator.change.crm.memory import is_memory, memory_files
from generator.change.edit.files import ChangedFile, Files, unified_diff, write_files
from generator.change.person.people import Person
from generator.change.person.search import Erasure, Search, search_for
from generator.change.person.traces import Trace
from generator.cli.gaps import USUAL_NAME
from generator.cli.options import (
    CLEAN,
    FINDINGS,
    Common,
    PlaybookGroup,
    common_options,
    exit_code,
    report_settings,
)
from generator.errors import SettingsError, WorkspaceError
from generator.outputs.report.findings import Findings
from generator.outputs.report.formats import text_of
from generator.problems import Problem, in_order
from generator.read import Document, Workspace, read_file
from generator.read.source import YAML_ENDINGS
from generator.read.text import OF_PLAYBOOK
from generator.rules.gate.baseline import LIMITS
from generator.settings import Settings, load_settings
from generator.terminal import printable

_PLAIN = frozenset({"mkdocs.yml"})  # it holds more than data: searched as text
_AFTER = (
    "Not reached by this: git's history, which still holds the person (git filter-repo, then every"
    " clone anew); the published site until the next build; the CRM, from which an import would"
    " bring them back."
)


@click.group(cls=PlaybookGroup)
def person() -> None:
    """What the files hold of a person: to be shown to them, to be taken out.

    Example: playbook person export harbor-logistics/maria-lopez
    """


def _names(function: click.decorators.FC) -> click.decorators.FC:
    words = "Another way the person is written; may be given several times."
    return click.option("--name", "names", multiple=True, help=words)(function)


@person.command()
@click.argument("id_", metavar="ID")
@_names
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@common_options
def export(*, common: Common, id_: str, names: tuple[str, ...], output: str) -> int:
    """Print every place that is about a person, for the person to see.

    ID is that of a contact, ACCOUNT/CONTACT where several have it, or one of us (/ID). Read it
    before you send it: it may speak of others as well.

    Example: playbook person export harbor-logistics/maria-lopez
    """
    try:
        request = _search(common, id_, names)
    except SettingsError as error:
        return report_settings(error, "full")
    places = (*request.search.places(), *request.remembered_places())
    maybe = request.search.perhaps()
    if output == "json":
        click.echo(_as_json(request.search.person, (*places, *maybe)))
        return CLEAN
    for trace in (*places, *maybe):
        click.echo(printable(_line(trace, trace.kind)))
    common.note(
        f"{len(places):,} places are about {request.search.person.label}"
        f" {request.search.person.name}".rstrip()
        + f"; {len(maybe):,} perhaps"
    )
    return CLEAN


@person.command(name="erase")
@click.argument("id_", metavar="ID")
@_names
@click.option("--dry-run", is_flag=True, help="Print the changes as a diff; write nothing.")
@common_options
def erase_(*, common: Common, id_: str, names: tuple[str, ...], dry_run: bool) -> int:
    """Take a person out of every playbook and setting; comments and all else stay.

    A contact's entry goes, and what names it by id names nobody; one of us becomes former-1, so
    that what they owned waits for a new owner. Names in words give way to the word 'erased' of
    compliance.yaml. Exit code 1 when something is left that you have to see to.

    Example: playbook person erase harbor-logistics/maria-lopez --dry-run
    """
    try:
        request = _search(common, id_, names)
    except SettingsError as error:
        return report_settings(error, "full")
    erasure = request.search.erased(request.word)
    if erasure.problems:
        _report(erasure.problems)
        common.note("nothing written")
        return exit_code(erasure.problems)
    files = Files(changed=(*erasure.files, *request.without_memories()))
    if dry_run:
        click.echo(unified_diff(files), nl=False)
        common.note(f"{len(erasure.files):,} files would change; nothing written")
        return CLEAN
    late = write_files(request.workspace, files)
    _report(late)
    _tell(common, erasure)
    return FINDINGS if late or erasure.left else CLEAN


def _tell(common: Common, erasure: Erasure) -> None:
    for file in erasure.files:
        for trace in file.done:
            click.echo(printable(_line(trace, trace.kind)))
    for trace in erasure.left:
        click.echo(printable(_line(trace, f"still there: {trace.kind}")))
    for trace in erasure.perhaps:
        click.echo(printable(_line(trace, "perhaps this person")))
    places = sum(len(file.done) for file in erasure.files)
    common.note(
        f"{len(erasure.files):,} files written, {places:,} places; {len(erasure.left):,} left to"
        f" you, {len(erasure.perhaps):,} to read. Now run: playbook check"
    )
    common.note(_AFTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """Whom the command is about, in which workspace, and what is written where a name stood."""

    workspace: Workspace
    search: Search
    word: str

    def without_memories(self) -> Iterator[ChangedFile]:
        """What imports remember, without the person."""
        who = self.search.person
        for file in memory_files(self.workspace):
            memory = (
                file.memory.without_contact(who.account, who.id)
                if who.account
                else file.memory.without_colleague(who.id, self.search.stand_in)
            )
            change = file.with_memory(memory)
            if isinstance(change, ChangedFile):
                yield change

    def remembered_places(self) -> Iterator[Trace]:
        """The lines of these files that would change."""
        for change in self.without_memories():
            after = set(change.text.splitlines())
            for number, line in enumerate(change.before.splitlines(), start=1):
                if line.strip(" ,}]") and line not in after:
                    yield Trace(
                        file=change.path,
                        line=number,
                        column=1,
                        field="",
                        kind="remembered by imports",
                        text=line.strip(),
                    )


def _search(common: Common, given: str, names: Sequence[str]) -> _Request:
    workspace = common.workspace()
    settings = load_settings(workspace)
    documents, plain = _files(workspace, settings)
    search = search_for(given, names, documents, plain)
    return _Request(
        workspace=workspace, search=search, word=settings.compliance.personal_data.erased
    )


def _files(
    workspace: Workspace, settings: Settings
) -> tuple[tuple[Document, ...], tuple[tuple[str, str], ...]]:
    """Every file that people write here: those of YAML as documents, the others as text."""
    documents, plain = [], []
    baseline = workspace.root / (settings.site.baseline or USUAL_NAME)
    for path in workspace.every_file(baseline):
        if is_memory(path):
            continue  # taken out whole, see without_memories
        if path.name.lower().endswith(YAML_ENDINGS) and path.name not in _PLAIN:
            limits = LIMITS if path == baseline else OF_PLAYBOOK
            document = read_file(path, workspace.shown(path), limits)
            if not document.is_empty:
                documents.append(document)
                continue
        plain.append((workspace.shown(path), _text(path)))  # of comments alone, too
    return tuple(documents), tuple(plain)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise WorkspaceError(f"cannot read {path}: {error.strerror}") from error


def _line(trace: Trace, words: str) -> str:
    field = f"{trace.field}: " if trace.field else ""
    text = f": {' '.join(trace.text.split())}" if trace.text else ""
    return f"{trace.file}:{trace.line}:{trace.column}: {field}{words}{text}"


def _as_json(person: Person, places: Sequence[Trace]) -> str:
    data = {"person": person.label, "name": person.name, "places": list(map(asdict, places))}
    return json.dumps(data, ensure_ascii=False, indent=2)


def _report(problems: Sequence[Problem]) -> None:
    if problems:
        click.echo(text_of("concise", Findings(problems=in_order(problems))), nl=False, err=True)
