"""Lets `python -m generator` do what the `playbook` command does."""

from __future__ import annotations

from generator.cli import main

if __name__ == "__main__":
    main()
