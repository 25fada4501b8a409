"""Write-ups from what already exists: a Word document, pasted text or a publiccode.yml."""
