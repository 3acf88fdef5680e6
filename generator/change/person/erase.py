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
    stand_in = next(id_ for id_ in (f"former-{number}" for number in count(1)) if id_ not in ids)
    erasures = [
        _without(document, person, None if document.path in doubtful else spellings, stand_in, word)
        for document in documents
    ]
    changed = [erased for erased in erasures if erased.text != erased.before]
    return Erasure(
        # who is killed on the way finds the person still defined and begins again
        files=tuple(sorted(changed, key=lambda file: file.path == person.file)),
        left=tuple(trace for erased in erasures for trace in erased.left),
        problems=tuple(problem for erased in erasures for problem in erased.problems),
    )


def _without(
    document: Document, person: Person, spellings: Spellings | None, stand_in: str, word: str
) -> Erased:
    same = Erased(path=document.path, before=document.text, text=document.text, done=())
    if not is_safe_to_edit(document):
        return replace(same, problems=tuple(_unsafe(document, person, spellings)))
    planned = steps(document, person, stand_in, word)
    changes = [change for step in planned for change in step.changes]
    edited = edit_text(document.text, changes, document.path, with_comments=True)
    if edited.problems:
        return replace(same, problems=edited.problems)
    done = tuple(_done(document, step) for step in planned)
    if spellings is None:
        return replace(same, text=edited.text, done=done)
    pattern = spellings.pattern()
    try:
        result = reworded(edited.document, pattern, word, ids_in(edited.document))
    except CannotEditError as refusal:
        problem = _refused(edited.document, refusal)
        return replace(same, problems=(problem,))
    return replace(
        same,
        text=result.text,
        done=(
            *done,
            *(
                _named(edited.document, mention, "the name taken out")
                for mention in result.mentions
            ),
        ),
        left=tuple(_named(edited.document, mention, _by_hand(mention)) for mention in result.left),
    )


def _by_hand(mention: Mention) -> str:
    what = "key" if mention.kind == "key" else "id"
    return f"named in the {what} '{mention.text}'; give it another, here and where it is used"


def _done(document: Document, step: Step) -> Trace:
    place = document.key_place(step.path)
    return _trace(document, place.line, place.column, step.path, step.told, "")


def _named(document: Document, mention: Mention, words: str) -> Trace:
    line, column = place_of(document.text, mention.start)
    return _trace(document, line, column, mention.path, words, mention.text)


def _trace(
    document: Document, line: int, column: int, path: DataPath, words: str, text: str
) -> Trace:
    field = dotted(path) or "comment"
    return Trace(file=document.path, line=line, column=column, field=field, kind=words, text=text)


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
