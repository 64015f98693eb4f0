"""The only SQL in the house: open, migrate, read, write, search."""
