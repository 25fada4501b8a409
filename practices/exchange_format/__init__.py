"""Write-ups as JSON Lines: how they move between portals. docs/import.md describes the form for people."""
