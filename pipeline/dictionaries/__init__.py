"""Dictionaries of the languages that articles are translated into: which words exist, and what a slip was meant to be.

They come from packages of the extra ``plainleaf[dictionaries]``; docs/dictionaries.md says what they hold.
"""

from pipeline.dictionaries.dictionary import Dictionary, Judgement, Kind, dictionary, missing, verdicts_on

__all__ = ["Dictionary", "Judgement", "Kind", "dictionary", "missing", "verdicts_on"]
