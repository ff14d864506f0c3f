"""The place of the proofs (SMT over exactly what the generated JSON Schema accepts); they come in their own issue."""
