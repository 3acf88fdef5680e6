"""Audiences and their editions: what one may see of the playbooks, and nothing above."""
