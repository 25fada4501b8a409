"""A write-up on one page: for the desk, the phone and the folder."""
