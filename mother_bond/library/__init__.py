"""Question packs: read, checked, put into words for one bond, and chosen from. Pure."""
