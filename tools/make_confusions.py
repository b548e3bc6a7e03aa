"""Make the data of ``pipeline.confusions`` from declared packages: ``python -m tools.make_confusions``.

In: ``patterns.txt`` beside the data, which is ours; the package symspellpy (counts of neighbouring words), which
rules must not contradict; the vocabulary of ``pipeline.spelling``. Out: ``rules.txt.gz`` and ``likely.txt.gz`` in
``pipeline/confusions/data``, the same bytes at every run. Errors: an ImportError or PackageNotFoundError names
the package that is missing.
"""

from __future__ import annotations

import gzip
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.spelling.lexicon import load

DATA = Path(__file__).resolve().parent.parent / "pipeline" / "confusions" / "data"
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# The package's counts are those of 1,024 thousand million words, times 64.
SCALE = 64 * 1024
UNSEEN = 17
COMMON = 55
"""A word of this rank says little of its neighbours, so a rule that leans on it alone needs the counts as well."""
CLEAR = 8
"""How many tenths of a power of ten make one neighbour clearly commoner than another."""
Pair = tuple[str, str]
Row = tuple[str, ...]


@dataclass(frozen=True)
class Clause:
    """One clause of patterns.txt, its classes filled in."""

    wrong: str
    right: str
    before: frozenset[Row]
    after: frozenset[Row]
    forbidden: frozenset[Row]


def counted() -> dict[Pair, int]:
    """Neighbours in general English -> ten times their Zipf frequency."""
    for path in metadata.files("symspellpy") or ():
        if path.name.startswith("frequency_bigramdictionary_en"):
            lines = Path(str(path.locate())).read_text(encoding="utf-8-sig").splitlines()
            rows = (line.split() for line in lines)
            return {(first, second): round(10 * math.log10(int(count) / SCALE)) for first, second, count in rows}
    raise ImportError("symspellpy holds no counts of neighbours")


def likely(text: str) -> Iterator[str]:
    """For each wrong word of patterns.txt a line with what it may have been meant to be; a star marks one of @home."""
    meant: dict[str, set[str]] = defaultdict(set)
    home: set[str] = set()
    for line in text.splitlines():
        head, _, body = line.partition(":")
        if head == "@home":
            home = set(body.split())
        elif ">" in head and not line.startswith("#"):
            wrongs, right = head.split(">")
            for wrong in wrongs.split():
                meant[wrong].add(right.strip())
    for wrong in sorted(meant):
        rights = sorted(meant[wrong] - {wrong})
        if wrong.isalpha() and rights:
            yield f"{wrong}{'*' if wrong in home else ''} {' '.join(rights)}"


def clauses(text: str) -> Iterator[Clause]:
    """Every clause of patterns.txt for each of its wrong words."""
    classes: dict[str, frozenset[Row]] = {}
    for line in text.splitlines():
        head, _, body = line.partition(":")
        if line.startswith("@"):
            classes[head] = _rows(body.split(), {})
        elif ">" in head and not line.startswith("#"):
            wrongs, right = head.split(">")
            for clause in body.split(";"):
                before, gap, after = clause.partition("_")
                if gap:
                    words = after.split()
                    allowed = _rows([w for w in words if not w.startswith("!")], classes)
                    forbidden = _rows([w[1:] for w in words if w.startswith("!")], classes)
                    first = frozenset(row[::-1] for row in _rows(before.split(), classes))
                    for wrong in wrongs.split():
                        yield Clause(wrong, right.strip(), first, allowed, forbidden)


def _rows(items: Iterable[str], classes: dict[str, frozenset[Row]]) -> frozenset[Row]:
    found: set[Row] = set()
    for item in (item.replace("-", "+").strip("+") for item in items):
        found |= classes[item] if item.startswith("@") else {tuple(item.split("+"))} if item else set()
    return frozenset(found)


@dataclass(frozen=True)
class Counts:
    """How common words and neighbours are, in tenths of powers of ten."""

    words: dict[str, int]
    pairs: dict[Pair, int]

    def holds(self, row: Row, clause: Clause, *, before: bool) -> bool:
        """Whether a neighbour on its own tells the wrong word from the right one; the counts may object."""
        if len(row) > 1 or row == ("$",):
            return row != ("$",)
        wrong = (row[0], clause.wrong) if before else (clause.wrong, row[0])
        right = (row[0], clause.right) if before else (clause.right, row[0])
        least = UNSEEN if self.words.get(row[0], 0) >= COMMON or wrong in self.pairs else 0
        return not least or self.pairs.get(right, 0) >= max(least, self.pairs.get(wrong, 0)) + CLEAR

    def checked(self, clause: Clause) -> Clause | None:
        """The clause without neighbours that are as good beside the wrong word; None when none is left."""
        before, after = clause.before, clause.after
        if not after:
            before = frozenset(row for row in before if self.holds(row, clause, before=True))
        elif not before:
            after = frozenset(row for row in after if self.holds(row, clause, before=False))
        if not before and not (after - {("$",)}):
            return None
        return Clause(clause.wrong, clause.right, before, after, clause.forbidden)


def write(name: str, lines: Iterable[str]) -> None:
    """Write one list, the same bytes at every run."""
    data = gzip.compress("".join(f"{line}\n" for line in lines).encode(), 9, mtime=0)
    (DATA / f"{name}.txt.gz").write_bytes(data)
    print(f"{name}: {len(data):,} bytes")


def main() -> None:
    """Make the lists."""
    words = load("en_US").words
    counts = Counts(words, {pair: rank for pair, rank in counted().items() if pair[0] in words and pair[1] in words})
    text = (DATA / "patterns.txt").read_text(encoding="utf-8")
    write("likely", likely(text))
    written = clauses(text)
    rules = [rule for rule in map(counts.checked, written) if rule and rule.wrong != rule.right]
    write("rules", sorted(map(rule_line, rules)))


def rule_line(rule: Clause) -> str:
    fields = (" ".join(sorted("+".join(row) for row in rows)) for rows in (rule.before, rule.after, rule.forbidden))
    return "\t".join([rule.wrong, rule.right, *fields])


if __name__ == "__main__":
    main()
