"""One module for each kind of result: as plain lines, and on a screen."""
