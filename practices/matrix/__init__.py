"""Cities × topics: who leads, works on, has published, plans, is looking."""
