"""Names for capabilities: candidate phrases, and the trained model that chooses among them."""
