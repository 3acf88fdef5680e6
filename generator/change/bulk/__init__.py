"""Many playbooks changed in one spreadsheet: chosen fields out, and what was changed back in."""
