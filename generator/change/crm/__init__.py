"""CRM exports into playbooks, new and existing, through a mapping file; every row accounted for."""
