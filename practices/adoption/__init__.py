"""The adoption ledger: which city has taken what over, how far it is, and what came of it."""
