"""What we do: objectives, actions, rhythm, sales, what came of it."""

from __future__ import annotations

from generator.enrich.definitions.definition import Definition

DOING: tuple[Definition, ...] = ()
