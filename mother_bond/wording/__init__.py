"""Text in, text or notes out. Pure."""
