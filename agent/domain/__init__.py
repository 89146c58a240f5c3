"""The program's nouns: plain immutable data, no input or output."""
