"""Finding things of every kind: search page, suggestions, kept searches, and the coordinators' view of it."""
