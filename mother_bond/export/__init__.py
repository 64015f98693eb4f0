"""The reflection summary: entries to a neutral document, and the document to a format. Pure."""
