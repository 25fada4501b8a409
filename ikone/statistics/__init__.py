"""What the network knows about itself: figures with their records, and the report made of them."""
