"""The library's own vocabulary."""

from __future__ import annotations

import argparse
import sys

from pipeline.checking import own_words
from pipeline.commands._shared import GOOD, WRONG, changing, the_library
from pipeline.library import WORD_LIST
from pipeline.wordlist import add_words, doubts


def run(arguments: argparse.Namespace) -> int:
    """Add to the library's own vocabulary."""
    library = the_library(arguments)
    refused = False
    accepted = []
    for word in arguments.words:
        doubt = "" if arguments.force else doubts(word, library.settings.spelling, own_words(library.root))
        if doubt:
            refused = True
            print(f'plainleaf: "{word}" is not added: {doubt}; add it all the same with --force', file=sys.stderr)
        else:
            accepted.append(word)
    with changing(library, is_dry_run=False):
        added = add_words(library.root, accepted, arguments.comment)
    for word in added:
        print(f"added {word} to {library.root / WORD_LIST}")
    return WRONG if refused else GOOD
