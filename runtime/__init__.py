"""Serve what was generated: pages and an API over a release, and the cases that people file. Never sees YAML."""
