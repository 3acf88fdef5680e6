"""Writing playbooks: new ones, and changes that keep what a person wrote."""
