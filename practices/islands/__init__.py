"""Write-ups of several cities that resemble one another and know nothing of each other."""
