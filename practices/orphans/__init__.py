"""Write-ups whose contact is gone. They are derived from data: nothing has to be told that somebody left."""
