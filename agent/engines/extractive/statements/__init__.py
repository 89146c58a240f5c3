"""Documents to statements: every sentence, list item and table row that may be said, and the sentence printed for it."""
