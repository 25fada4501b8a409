"""Up to four write-ups side by side. Which ones stands in the address, so that it can be sent to others."""
