"""„Stimmt das noch?“: who is asked when, and what an answer does."""
