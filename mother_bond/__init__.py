"""A private, guided self-reflection journal for the terminal."""

__version__ = "0.1.0"
