"""Pages that look at all accounts at once: a question each, the answer first."""
