"""What a form is made of: kinds of fields, the index over them, and shape errors in plain words."""

from __future__ import annotations

from generator.model.shape import Fault, faults_of

__all__ = ["Fault", "faults_of"]
