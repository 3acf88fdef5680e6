"""The one definition of a playbook, and shape errors in plain words."""

from __future__ import annotations

from generator.model.playbook import SCHEMA_VERSION, Playbook
from generator.model.shape import Fault, faults_of

__all__ = ["SCHEMA_VERSION", "Fault", "Playbook", "faults_of"]
