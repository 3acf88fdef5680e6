"""Everything that can be a finding: the form's limits, compliance, completeness, contradictions."""
