"""The pages of those who work on cases, below `/{city}/kantor`; `desk_visit` is what each of them begins with."""
