"""Does it fit us? A write-up held against the reader's own city, line by line and never as a score."""
