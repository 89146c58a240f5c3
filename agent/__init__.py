"""Capability extraction and comparison in which every claim carries its verbatim quote."""
