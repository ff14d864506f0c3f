"""The checks of a catalog that was read whole: one file each, listed by hand here."""
