"""The form: all that a playbook may say, a module for each part; modules that look alike."""

from __future__ import annotations

from generator.form.playbook import FORM, SCHEMA_VERSION, Playbook, leaf_patterns

__all__ = ["FORM", "SCHEMA_VERSION", "Playbook", "leaf_patterns"]
