"""A search for one person over all files: what is about them, and the files without them."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from typing import Any

from ruamel.yaml.nodes import ScalarNode

from generator.change.edit.edit import (
    Change,
    Drop,
    Put,
    Rename,
    Splice,
    edit_text,
    is_safe_to_edit,
    refused,
    spliced,
)
from generator.change.edit.files import ChangedFile
from generator.change.edit.roundtrip import CannotEditError, Layout, layout_of
from generator.change.edit.yaml_text import scalar_text
from generator.change.person.people import (
    Person,
    Spellings,
    namesakes,
    people_in,
    placed_contacts,
    spellings_of,
    the_person,
    without,
)
from generator.change.person.traces import (
    Mention,
    Trace,
    dotted,
    ids_in,
    in_plain_text,
    mentions_in,
    named_at,
    of_mention,
    perhaps,
    traces,
)
from generator.form.service import taken_from_contact
from generator.problems import Problem
from generator.read import Document, read_text
from generator.read.document import DataPath, said_at

# Entries that are about nobody without their contact: they go with them
_ABOUT_ONE = (("value", "return", "recognition"), ("value", "return", "courtesies"))
_OBJECTS = ("service", "objects")
_ID = re.compile(r"[a-z0-9-]+")
_KEPT_OF_US = ("role", "region", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureStep:
    """A change, where it is made, and what it does in plain words."""

    path: DataPath
    words: str
    changes: tuple[Change, ...]


def steps(document: Document, person: Person, stand_in: str, word: str) -> list[ErasureStep]:
    """What is to be changed in a file, in the order of its paths."""
    planned = list(_own_entry(document, person, stand_in, word))
    gone = [step.path for step in planned if any(isinstance(done, Drop) for done in step.changes)]
    data = document.data or {}
    for path in named_at(document, person):
        if person.account:
            step = _without_contact(data, path, person)
        else:
            words = f"now '{stand_in}'"
            step = ErasureStep(path=path, words=words, changes=(Put(path=path, value=stand_in),))
        if step.path not in gone and not any(
            step.path[: len(dropped)] == dropped for dropped in gone
        ):
            planned.append(step)
            gone += [step.path] * isinstance(step.changes[-1], Drop)
    return planned


def _own_entry(
    document: Document, person: Person, stand_in: str, word: str
) -> Iterator[ErasureStep]:
    data = document.data or {}
    yield from _known_gaps(data, person)
    if document.path != person.file:
        return
    if not person.account:
        yield _one_of_us(data, person, stand_in, word)
        return
    for path, entry in placed_contacts(data):
        if entry["id"] == person.id:
            yield ErasureStep(path=path, words="the contact, deleted", changes=(Drop(path=path),))


def _known_gaps(data: Mapping[str, Any], person: Person) -> Iterator[ErasureStep]:
    """Lines of a baseline about their entry: what lacked there lacks no more."""
    gaps = data.get("gaps") if "written" in data else None
    for place, gap in enumerate(gaps if isinstance(gaps, list) else ()):
        named = person.id in _ID.findall(str(gap.get("entry") or ""))
        if person.account and named and gap.get("account") == person.account:
            path = ("gaps", place)
            yield ErasureStep(
                path=path, words="a known gap of theirs, deleted", changes=(Drop(path=path),)
            )


def _one_of_us(data: Mapping[str, Any], person: Person, stand_in: str, word: str) -> ErasureStep:
    """They stay listed as nobody, so that what they owned waits for a new owner."""
    path = ("people", person.id)
    entry = data["people"][person.id]
    kept = {key: entry[key] for key in _KEPT_OF_US if key in entry}
    whole = Put(path=path, value={"name": word, **kept})
    words = f"now '{stand_in}', without their name"
    return ErasureStep(path=path, words=words, changes=(whole, Rename(path=path, to=stand_in)))


def _without_contact(data: Mapping[str, Any], path: DataPath, person: Person) -> ErasureStep:
    about = path[:3]
    if about in _ABOUT_ONE:
        entry = path[:4]
        return ErasureStep(path=entry, words=_about_told(data, entry), changes=(Drop(path=entry),))
    taken = _taken_over(data, path, person)
    return ErasureStep(
        path=path, words="no longer named; read the rest", changes=(*taken, Drop(path=path))
    )


def _about_told(data: Mapping[str, Any], path: DataPath) -> str:
    register = said_at(data, path).get("register")
    also = f"; the register still has it as {register}" if register else ""
    return f"the entry, deleted{also}"


def _taken_over(data: Mapping[str, Any], path: DataPath, person: Person) -> Iterator[Change]:
    """What a service object has from its contact is said in the object itself."""
    if path[:2] != _OBJECTS:
        return
    above = said_at(data, path[:-1])
    contact = next(contact for _, contact in placed_contacts(data) if contact["id"] == person.id)
    taken = taken_from_contact(contact.get("level"), contact.get("roles"))
    for key, value in taken.items():
        if key not in above:
            yield Put(path=(*path[:-1], key), value=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """A text without the names, and where it had them."""

    text: str
    mentions: tuple[Mention, ...]
    left: tuple[Mention, ...] = ()
    """Those that a person has to see to: in keys and ids."""


def reworded(
    document: Document,
    pattern: re.Pattern[str],
    word: str,
    references: Container[DataPath] = (),
) -> Reworded:
    """A file's text with a word in the place of each name, all else as it was.

    Raises CannotEditError where that would change more than is meant.
    """
    text = document.text
    mentions = mentions_in(document, pattern, references)
    renamed = tuple(mention for mention in mentions if mention.kind in ("value", "comment"))
    left = tuple(mention for mention in mentions if mention.kind not in ("value", "comment"))
    if not renamed:
        return Reworded(text=text, mentions=(), left=left)
    layout = layout_of(text)
    made = spliced(layout, [_splice(layout, mention, pattern, word) for mention in renamed])
    paths = frozenset(mention.path for mention in renamed if mention.kind == "value")
    after = read_text(made.encode(), document.path).data
    if after != _with_values_reworded(document.data, paths, partial(without, pattern, word)):
        raise CannotEditError(renamed[0].start, "a name here cannot be taken out; do it by hand")
    return Reworded(text=made, mentions=renamed, left=left)


def _splice(layout: Layout, mention: Mention, pattern: re.Pattern[str], word: str) -> Splice:
    if mention.kind == "comment":
        return Splice(start=mention.start, end=mention.end, text=word)
    node = layout.at(mention.path)
    written = layout.text[mention.start : mention.end]
    is_plain = isinstance(node, ScalarNode) and not node.style
    if is_plain or "\\" in written or "''" in written:
        return Splice(
            start=mention.start,
            end=mention.end,
            text=scalar_text(without(pattern, word, mention.text)),
        )
    return Splice(start=mention.start, end=mention.end, text=without(pattern, word, written))


def _with_values_reworded(
    data: Any, paths: frozenset[DataPath], reword: Callable[[str], str], path: DataPath = ()
) -> Any:
    """The data with the values at some paths said anew."""
    if isinstance(data, dict):
        return {
            key: _with_values_reworded(value, paths, reword, (*path, key))
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [
            _with_values_reworded(inner, paths, reword, (*path, place))
            for place, inner in enumerate(data)
        ]
    return reword(data) if path in paths and isinstance(data, str) else data


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
        return replace(same, problems=(refused(edited.document, "cannot-erase", refusal),))
    named = [_named(edited.document, mention, "the name taken out") for mention in result.mentions]
    return replace(
        same,
        text=result.text,
        done=(*done, *named),
        left=tuple(_named(edited.document, mention, _by_hand(mention)) for mention in result.left),
    )


def _by_hand(mention: Mention) -> str:
    what = "key" if mention.kind == "key" else "id"
    return f"named in the {what} '{mention.text}'; give it another, here and where it is used"


def _done(document: Document, step: ErasureStep) -> Trace:
    line, column = document.key_place(step.path)
    field = dotted(step.path) or "comment"
    return Trace(
        file=document.path, line=line, column=column, field=field, kind=step.words, text=""
    )


def _named(document: Document, mention: Mention, words: str) -> Trace:
    trace = of_mention(document, mention, words)
    return replace(trace, field=trace.field or "comment")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """The files, and the person who is looked for in them."""

    documents: tuple[Document, ...]
    plain: tuple[tuple[str, str], ...]
    """Files that are no YAML of ours: path and text."""
    person: Person
    people: tuple[Person, ...]
    """All that any file defines."""
    spellings: Spellings

    def places(self) -> tuple[Trace, ...]:
        """What is about them."""
        traces_found = traces(self.documents, self.person, self.spellings, self._doubtful())
        return (*traces_found, *self._elsewhere())

    def perhaps(self) -> tuple[Trace, ...]:
        """What may be about them: a part of the name, or the name of somebody called the same."""
        speaking = {trace.file for trace in self.places()}
        return perhaps(self.documents, self.spellings, speaking, self._doubtful())

    def erased(self, word: str) -> Erasure:
        """The files without them; a file that cannot be edited and names them is a problem.

        `word` stands where the name was, but not where it may be another's; one of us becomes the
        first of former-1, former-2 … that nobody is.
        """
        doubtful, stand_in, erasures = self._doubtful(), self.stand_in, []
        for document in self.documents:
            spellings = None if document.path in doubtful else self.spellings
            erasures.append(_without(document, self.person, spellings, stand_in, word))
        texts = {erased.path: erased.text for erased in erasures if erased.text != erased.before}
        after = [
            read_text(texts[document.path].encode(), document.path)
            if document.path in texts
            else document
            for document in self.documents
        ]
        changed = [erased for erased in erasures if erased.path in texts]
        left = [trace for erased in erasures for trace in erased.left]
        by_hand = "named in words; take the name out"
        return Erasure(
            # who is killed on the way finds the person still defined and begins again
            files=tuple(sorted(changed, key=lambda file: file.path == self.person.file)),
            left=(*left, *(replace(trace, kind=by_hand) for trace in self._elsewhere())),
            perhaps=perhaps(after, self.spellings, texts, doubtful),
            problems=tuple(problem for erased in erasures for problem in erased.problems),
        )

    @property
    def stand_in(self) -> str:
        """What one of us is called then: the first of former-1, former-2 … that nobody is."""
        ids = {person.id for person in self.people}
        return next(name for number in count(1) if (name := f"former-{number}") not in ids)

    def _doubtful(self) -> frozenset[str]:
        """Files in which the name may be that of somebody else who is called the same."""
        other_files = namesakes(self.person, self.people)
        if not other_files:
            return frozenset()
        own_file = {self.person.file} - other_files
        return frozenset(document.path for document in self.documents) - own_file

    def _elsewhere(self) -> tuple[Trace, ...]:
        return tuple(
            trace
            for path, text in self.plain
            for trace in in_plain_text(path, text, self.spellings)
        )


def search_for(
    given: str,
    names: Sequence[str],
    documents: Sequence[Document],
    plain: Sequence[tuple[str, str]] = (),
) -> Search:
    """A search for the one whom an id means; WorkspaceError where it means none or several."""
    people = tuple(people_in(documents))
    person = the_person(people, given, names)
    return Search(
        documents=tuple(documents),
        plain=tuple(plain),
        person=person,
        people=people,
        spellings=spellings_of(person, people, names),
    )
