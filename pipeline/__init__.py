"""Plainleaf: one plain-English health article in, accessible leaflets in many languages out."""
