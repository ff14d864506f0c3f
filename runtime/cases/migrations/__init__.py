"""How the schema came to be what it is, one step for each module of `versions`, run by `schema`."""
