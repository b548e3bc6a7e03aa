"""The parts of ``tools/make_wordlists.py``: sources, choice of words, spelling variants, word pairs."""
