"""Whether a city takes part: pausing, leaving and coming back. Nothing of it is lost."""
