"""In whose court cases are, in figures for everybody. Read `ended_cases`, then `figures`, then `board`."""
