"""Documentation from where it lives: https only, to the very addresses that were checked, within limits, never unasked."""
