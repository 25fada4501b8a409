"""„Geprüft“: dated opinions from other cities and the coordination. Publishing never waits for them."""
