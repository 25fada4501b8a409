"""Services of the Onlinezugangsgesetz, and how far each city is with them."""
