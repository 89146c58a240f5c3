"""What sets capabilities apart: unique points, comparisons, limits, intents, inputs and outputs, attached where they belong."""
