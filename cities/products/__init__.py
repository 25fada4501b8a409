"""Who uses what: products and vendors by city, for the network's members."""
