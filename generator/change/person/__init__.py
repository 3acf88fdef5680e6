"""What the files hold of a person, to be shown to them and to be taken out."""

from __future__ import annotations

from generator.change.person.erase import Erased, Erasure
from generator.change.person.people import Person
from generator.change.person.search import Search, search_for
from generator.change.person.trace import Trace

__all__ = ["Erased", "Erasure", "Person", "Search", "Trace", "search_for"]
