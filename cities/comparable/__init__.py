"""Which municipalities are like a city: measured in SQL, explained in words and figures."""
