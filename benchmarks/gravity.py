"""How well grave changes of a source text are told from others.

    python benchmarks/gravity.py FILE

Takes the first column of a TSV file as English texts, changes each in one way at a time, and prints how many of the
changes count as grave. The first five must be; the last three are harmless, unless the word that they hit was one that
counts.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.files import read_text
from pipeline.gravity import grave_change

NEGATION = re.compile(r"\b(?:not|never|no|unless|without) ", re.IGNORECASE)
VERB = re.compile(r"\b(?:is|are|can|may|will|should) ")
UNITS = {"days": "weeks", "hours": "days", "mg": "g", "weeks": "months", "years": "months", "minutes": "hours"}
LIMITS = {"at least": "at most", "more than": "less than", "less than": "more than", "over": "under", "under": "over"}


class Editor:
    """Changes texts, the same way on each run."""

    def __init__(self, texts: list[str]) -> None:
        self.random = random.Random(3)
        self.words = [word for text in texts for word in text.split() if word.isalpha() and word.islower()]

    def digit(self, text: str) -> str:
        """Another digit."""
        places = [match.start() for match in re.finditer(r"\d", text)]
        if not places:
            return text
        place = self.random.choice(places)
        other = self.random.choice([c for c in "0123456789" if c != text[place]])
        return text[:place] + other + text[place + 1 :]

    def negation_removed(self, text: str) -> str:
        """A word that says no, taken out."""
        found = list(NEGATION.finditer(text))
        if not found:
            return text
        match = self.random.choice(found)
        return text[: match.start()] + text[match.end() :]

    def negation_added(self, text: str) -> str:
        """The word not after a verb."""
        match = VERB.search(text)
        return f"{text[: match.end()]}not {text[match.end() :]}" if match else text

    def unit(self, text: str) -> str:
        """Another unit after a number."""
        return re.sub(rf"(?<=\d )(?:{'|'.join(UNITS)})\b", lambda m: UNITS[m[0]], text, count=1)

    def limit(self, text: str) -> str:
        """A limit before a number turned round."""
        return re.sub(rf"\b(?:{'|'.join(LIMITS)})(?= \d)", lambda m: LIMITS[m[0]], text, count=1)

    def word_replaced(self, text: str) -> str:
        """A longer word exchanged for another one."""
        words = text.split()
        places = [n for n, word in enumerate(words) if word.isalpha() and word.islower() and len(word) > 5]
        if places:
            words[self.random.choice(places)] = self.random.choice(self.words)
        return " ".join(words)

    def word_added(self, text: str) -> str:
        """The word really somewhere."""
        words = text.split()
        words.insert(self.random.randrange(len(words) + 1), "really")
        return " ".join(words)

    def comma_removed(self, text: str) -> str:
        """A comma gone."""
        return text.replace(", ", " ", 1)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    path = parser.parse_args().file
    texts = list(dict.fromkeys(line.partition("\t")[0] for line in read_text(path).splitlines() if line))
    editor = Editor(texts)
    edits: tuple[Callable[[str], str], ...] = (
        editor.digit,
        editor.negation_removed,
        editor.negation_added,
        editor.unit,
        editor.limit,
        editor.word_replaced,
        editor.word_added,
        editor.comma_removed,
    )
    start, count = time.perf_counter(), 0
    for edit in edits:
        pairs = [(text, new) for text in texts if (new := edit(text)) != text]
        grave = sum(bool(grave_change(old, new, "en")) for old, new in pairs)
        count += len(pairs)
        share = 100 * grave / max(len(pairs), 1)
        print(f"{edit.__name__.replace('_', ' '):18} {len(pairs):5} texts, {grave:5} grave ({share:.1f} %)")
    print(f"{(time.perf_counter() - start) / max(count, 1) * 1e6:.0f} microseconds a pair")


if __name__ == "__main__":
    main()
