"""A search for one person over all files: what is about them, and the files without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.change.person.erase import Erasure, erase
from generator.change.person.names import Spellings
from generator.change.person.people import Person, namesakes, people_in, spellings_of, the_person
from generator.change.person.trace import Trace, in_plain_text, perhaps, traces
from generator.read import Document, read_text


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
        """The files without them; `word` stands where the name was."""
        ids = tuple(person.id for person in self.people)
        doubtful = self._doubtful()
        erasure = erase(self.documents, self.person, self.spellings, word, ids, doubtful)
        by_hand = "named in words; take the name out"
        left = (replace(trace, kind=by_hand) for trace in self._elsewhere())
        texts = {file.path: file.text for file in erasure.files}
        after = [
            read_text(texts[document.path].encode(), document.path)
            if document.path in texts
            else document
            for document in self.documents
        ]
        return replace(
            erasure,
            left=(*erasure.left, *left),
            perhaps=perhaps(after, self.spellings, texts, doubtful),
        )

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
