"""The built-in rules: a small group in each file, registered by their decorator."""
