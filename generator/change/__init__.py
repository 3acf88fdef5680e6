"""What changes playbooks, and keeps the text that people wrote."""
