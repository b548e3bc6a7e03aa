"""A language server: findings, corrections and terms in the editor, while people write."""
