"""The versions of a write-up, as the database's triggers have recorded them.

One save is one version, however many tables it touched. `parts` says which tables belong to the record,
`timeline` finds the versions, `states` reads what one said, `comparison` puts two side by side as prose, and
`restoring` makes an old one the newest.
"""
