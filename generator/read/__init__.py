"""Stage 1: files to plain data with the place of every key and value."""

from __future__ import annotations

from generator.read.document import Document, Mark, Quoted
from generator.read.files import Workspace, plain_bytes, read_file
from generator.read.git import Commit, DatedCommit, Repository
from generator.read.parse import read_text
from generator.read.revision import Revision, Tell, say_nothing, state_of
from generator.read.source import Source, read_playbooks

__all__ = [
    "Commit",
    "DatedCommit",
    "Document",
    "Mark",
    "Quoted",
    "Repository",
    "Revision",
    "Source",
    "Tell",
    "Workspace",
    "plain_bytes",
    "read_file",
    "read_playbooks",
    "read_text",
    "say_nothing",
    "state_of",
]
