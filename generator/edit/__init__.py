"""Writing playbooks: new ones, never over an existing file."""

from __future__ import annotations

from generator.edit.new import new_playbook, write_new

__all__ = ["new_playbook", "write_new"]
