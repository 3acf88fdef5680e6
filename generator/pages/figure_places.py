"""Where each figure is told on an account's page: its section, and the family it opens with."""

from __future__ import annotations

from generator.figures.definitions import DEFINITIONS
from generator.pages.links import anchor


def head_of(key: str) -> str:
    """The figure under which a figure opens: another, or itself."""
    return DEFINITIONS[key].under or key


def family(key: str) -> tuple[str, ...]:
    """A figure and those that open under it: numbers made of the same inputs."""
    return (key, *(one.key for one in DEFINITIONS.values() if one.under == key))


def why_anchor(key: str) -> str:
    """The id on an account's page under which a figure opens, alone or with its family."""
    return f"w-{anchor(head_of(key) if key in DEFINITIONS else key)}"


SECTION_OF: dict[str, str] = {key: DEFINITIONS[head_of(key)].section for key in DEFINITIONS}
"""The section of each figure."""

FIGURES: dict[str, tuple[str, ...]] = {
    section: tuple(one.key for one in DEFINITIONS.values() if one.section == section)
    for section in dict.fromkeys(SECTION_OF.values())
}
"""By section the figures that open there, in order; those of their families follow each."""
