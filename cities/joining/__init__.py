"""A city that is not in the network asks to join: form, confirmed address, answer of the coordination."""
