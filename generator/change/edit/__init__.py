"""Writing playbooks: new ones, and changes that keep what a person wrote."""

from __future__ import annotations

from generator.change.edit.canonical import in_style
from generator.change.edit.changes import Append, Change, Drop, Put, Rename
from generator.change.edit.edit import Edited, edit_text, is_safe_to_edit
from generator.change.edit.files import ChangedFile, NewFile, unified_diff, write_files
from generator.change.edit.layout import CannotEditError, Layout, has_comment, layout_of
from generator.change.edit.migrate import Migration, migrated
from generator.change.edit.new import new_playbook, write_new
from generator.change.edit.save import put_whole, write_over
from generator.change.edit.splices import Splice, spliced
from generator.change.edit.yaml_text import scalar_text

__all__ = [
    "Append",
    "CannotEditError",
    "Change",
    "ChangedFile",
    "Drop",
    "Edited",
    "Layout",
    "Migration",
    "NewFile",
    "Put",
    "Rename",
    "Splice",
    "edit_text",
    "has_comment",
    "in_style",
    "is_safe_to_edit",
    "layout_of",
    "migrated",
    "new_playbook",
    "put_whole",
    "scalar_text",
    "spliced",
    "unified_diff",
    "write_files",
    "write_new",
    "write_over",
]
