"""Writing playbooks: new ones, and changes that keep what a person wrote."""

from __future__ import annotations

from generator.edit.changes import Append, Change, Drop, Put
from generator.edit.edit import Edited, edit_text, is_safe_to_edit
from generator.edit.new import new_playbook, write_new
from generator.edit.nodes import has_comment

__all__ = [
    "Append",
    "Change",
    "Drop",
    "Edited",
    "Put",
    "edit_text",
    "has_comment",
    "is_safe_to_edit",
    "new_playbook",
    "write_new",
]
