"""Feeds hostile input to everything that reads a file, and holds what comes out against what was promised."""
