"""What several layers need to read text: folding with an offset map, sentences, tagged words. Pure functions, no I/O."""
