"""Writing playbooks: new ones, and changes that keep what a person wrote."""

from __future__ import annotations

from generator.edit.canonical import Styled, in_style
from generator.edit.changes import Append, Change, Drop, Put, Rename
from generator.edit.edit import Edited, edit_text, is_safe_to_edit
from generator.edit.migrate import Migration, migrated
from generator.edit.new import new_playbook, write_new
from generator.edit.nodes import has_comment
from generator.edit.save import write_over

__all__ = [
    "Append",
    "Change",
    "Drop",
    "Edited",
    "Migration",
    "Put",
    "Rename",
    "Styled",
    "edit_text",
    "has_comment",
    "in_style",
    "is_safe_to_edit",
    "migrated",
    "new_playbook",
    "write_new",
    "write_over",
]
