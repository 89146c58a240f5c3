"""Which statements become capabilities: features, ratings, and the choice of a page."""
