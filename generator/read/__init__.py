"""Stage 1: files to plain data with the place of every key and value."""

from __future__ import annotations

from generator.read.document import Document, Mark, Quoted
from generator.read.files import Workspace, read_file, read_playbooks
from generator.read.parse import read_text

__all__ = [
    "Document",
    "Mark",
    "Quoted",
    "Workspace",
    "read_file",
    "read_playbooks",
    "read_text",
]
