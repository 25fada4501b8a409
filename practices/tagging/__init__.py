"""Keeping tags in order: merging, renaming, synonyms, and making a topic of one. Everything can be undone."""
