"""Collections: what a person keeps, with notes, alone or for others, on screen, as a folder or as a table."""
