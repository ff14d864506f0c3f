"""The HTTP API beside the pages. Read `routes`, then `openapi`."""
