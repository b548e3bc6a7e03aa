"""The spelling engine: a vocabulary for health writing and a checker that ranks its suggestions."""

from pipeline.spelling.speller import Misspelling, Speller

__all__ = ["Misspelling", "Speller"]
