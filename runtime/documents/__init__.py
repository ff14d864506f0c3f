"""Files that applicants give. Read `quarantine`, then `screening`, then `shelf`."""
