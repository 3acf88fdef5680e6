"""A person taken out of every file: their entry, what names them by id, their name in words."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from generator.change.edit.edit import edit_text, is_safe_to_edit
from generator.change.edit.files import ChangedFile
from generator.change.edit.roundtrip import CannotEditError
from generator.change.person.entries import Step, ids_in, steps
from generator.change.person.mentions import Mention, reworded
from generator.change.person.names import Spellings
from generator.change.person.people import Person
from generator.change.person.trace import Trace, dotted, traces
from generator.problems import Problem
from generator.read import Document
from generator.read.document import DataPath
from generator.read.text import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased(ChangedFile):
    """A file without the person."""

    done: tuple[Trace, ...]
    """What was done where; `kind` says it in words, places are those of the text before."""
    left: tuple[Trace, ...] = ()
    """What a person has to see to."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """All files that change, those that define the person last, and what stands in the way."""

    files: tuple[Erased, ...]
    left: tuple[Trace, ...]
    """What a person has to see to."""
    perhaps: tuple[Trace, ...] = ()
    """What may be about them, at its place in the changed files."""
    problems: tuple[Problem, ...] = ()


def erase(
    documents: Sequence[Document],
    person: Person,
    spellings: Spellings,
    word: str,
    ids: Sequence[str] = (),
    doubtful: Container[str] = (),
) -> Erasure:
    """The files without the person; a file that cannot be edited and names them is a problem.

    `word` stands where the name was, but not in `doubtful` files, where it may be another's; one
    of us becomes the first of former-1, former-2 … that is not among the `ids` there are.
    """
    stand_in = next(one for one in (f"former-{number}" for number in count(1)) if one not in ids)
    made = [
        _without(one, person, None if one.path in doubtful else spellings, stand_in, word)
        for one in documents
    ]
    changed = [one for one in made if one.text != one.before]
    return Erasure(
        # who is killed on the way finds the person still defined and begins again
        files=tuple(sorted(changed, key=lambda one: one.path == person.file)),
        left=tuple(trace for one in made for trace in one.left),
        problems=tuple(problem for one in made for problem in one.problems),
    )


def _without(
    document: Document, person: Person, spellings: Spellings | None, stand_in: str, word: str
) -> Erased:
    same = Erased(path=document.path, before=document.text, text=document.text, done=())
    if not is_safe_to_edit(document):
        return replace(same, problems=tuple(_unsafe(document, person, spellings)))
    wanted = steps(document, person, stand_in, word)
    changes = [change for one in wanted for change in one.changes]
    edited = edit_text(document.text, changes, document.path, with_comments=True)
    if edited.problems:
        return replace(same, problems=edited.problems)
    done = tuple(_done(document, one) for one in wanted)
    if spellings is None:
        return replace(same, text=edited.text, done=done)
    pattern = spellings.pattern()
    try:
        told = reworded(edited.document, pattern, word, ids_in(edited.document))
    except CannotEditError as refusal:
        problem = _refused(edited.document, refusal)
        return replace(same, problems=(problem,))
    return replace(
        same,
        text=told.text,
        done=(
            *done,
            *(_named(edited.document, one, "the name taken out") for one in told.mentions),
        ),
        left=tuple(_named(edited.document, one, _by_hand(one)) for one in told.left),
    )


def _by_hand(one: Mention) -> str:
    what = "key" if one.kind == "key" else "id"
    return f"named in the {what} '{one.text}'; give it another, here and where it is used"


def _done(document: Document, step: Step) -> Trace:
    place = document.key_place(step.path)
    return _trace(document, place.line, place.column, step.path, step.told, "")


def _named(document: Document, one: Mention, told: str) -> Trace:
    line, column = place_of(document.text, one.start)
    return _trace(document, line, column, one.path, told, one.text)


def _trace(
    document: Document, line: int, column: int, path: DataPath, told: str, text: str
) -> Trace:
    field = dotted(path) or "comment"
    return Trace(file=document.path, line=line, column=column, field=field, kind=told, text=text)


def _unsafe(document: Document, person: Person, spellings: Spellings | None) -> Iterator[Problem]:
    """A file with faults is left alone; that is no harm where it does not name the person."""
    named = spellings and any(traces([document], person, spellings))
    named = named or person.id in document.text
    if named or document.data is None:
        yield document.problem(
            (),
            "cannot-erase",
            "the file has faults and may speak of the person; mend it first",
        )
        yield from document.problems


def _refused(document: Document, refusal: CannotEditError) -> Problem:
    line, column = place_of(document.text, refusal.index)
    problem = document.problem((), "cannot-erase", str(refusal))
    return replace(problem, line=line, column=column)
