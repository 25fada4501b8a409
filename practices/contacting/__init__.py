"""„Stadt fragen“: a message to the city, for anonymous write-ups through the coordination."""
