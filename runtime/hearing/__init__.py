"""The public heard before a permit is decided. Read `tables`, then `notices` (what is announced), then `objections`."""
