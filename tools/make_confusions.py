"""Make the data of ``pipeline.confusions`` from declared packages: ``python -m tools.make_confusions``.

In: ``sets.txt`` and ``patterns.txt`` beside the data, which are ours; the packages symspellpy (counts of
neighbouring words) and simple-icd-10-cm (titles of diseases); the vocabulary of ``pipeline.spelling``. Out:
``pairs``, ``listed``, ``near`` and ``rules`` (``.txt.gz``) in ``pipeline/confusions/data``, the same bytes at
every run. Errors: an ImportError or PackageNotFoundError names the package that is missing.
"""

from __future__ import annotations

import gzip
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from itertools import pairwise, permutations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.spelling.lexicon import load

DATA = Path(__file__).resolve().parent.parent / "pipeline" / "confusions" / "data"
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# The package's counts are those of 1,024 thousand million words, times 64.
SCALE = 64 * 1024
LAST_CHAPTER = "R"
"""The chapters of the ICD-10-CM after this are of injuries and what caused them, in everyday words."""
SEEN_IN_TITLES = 22
SEEN_IN_RULES = 27
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


def in_titles() -> tuple[set[Pair], set[str]]:
    """Neighbours in two or more titles of the ICD-10-CM, and words in three or more of its diseases and symptoms."""
    icd = import_module("simple_icd_10_cm")
    found: Counter[Pair] = Counter()
    words: Counter[str] = Counter()
    for code in icd.get_all_codes():
        title = icd.get_description(code).lower()
        for phrase in re.split(r"[^\w\s']+", title):
            found.update(set(pairwise(WORD.findall(phrase))))
        if code[0] <= LAST_CHAPTER and not code.isdigit():
            words.update(set(WORD.findall(title)))
    return {pair for pair, count in found.items() if count > 1}, {word for word, count in words.items() if count > 2}


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


def taught(text: str, rules: Iterable[Clause]) -> Iterator[Pair]:
    """Neighbours of health writing that no general count may hold: lines with "=", and those of the rules."""
    for line in text.splitlines():
        if line.startswith("="):
            yield from ((first, second) for first, second in map(str.split, line[1:].split(";")))
    for clause in rules:
        if not clause.after:
            yield from ((row[0], clause.right) for row in clause.before if row[0].isalpha())
        elif not clause.before:
            yield from ((clause.right, row[0]) for row in clause.after if row[0].isalpha())


def slips(word: str) -> set[str]:
    """The word and every form of it that lacks one letter: two words one edit apart share one of these."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def one_apart(first: str, second: str) -> bool:
    """Whether one letter more, less, other, or two swapped, make one word of the other."""
    if len(first) == len(second):
        places = [i for i, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
        swap = len(places) == 2 and places[1] == places[0] + 1
        return len(places) == 1 or (swap and first[places[0]] == second[places[1]] and sorted(first) == sorted(second))
    short, long = sorted((first, second), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def are_forms(first: str, second: str) -> bool:
    """Whether two words are forms of one, such as a plural: grammar, which neighbours alone do not settle."""
    short, long = sorted((first, second), key=len)
    stem = short.removesuffix("e").removesuffix("y")
    return long in {short + "s", short + "d", short + "r", short + "y", short + "n"} or (
        len(stem) > 3 and long.startswith(stem) and long[len(stem) :] in {"es", "ed", "er", "ing", "ies", "ied", "ly"}
    )


def near_words(words: dict[str, int], targets: Iterable[str]) -> dict[str, list[str]]:
    """A word -> the targets one slip away from it that are not much rarer."""
    index: dict[str, list[str]] = defaultdict(list)
    for target in sorted(targets):
        for form in slips(target):
            index[form].append(target)
    found = {}
    for word, rank in words.items():
        if rank >= 18 and len(word) > 3 and word.isascii() and word.isalpha():
            close = {other for form in slips(word) for other in index.get(form, ()) if one_apart(word, other)}
            close = {other for other in close if words[other] >= rank - 10 and not are_forms(word, other)}
            if close:
                found[word] = sorted(close)
    return found


def sets(text: str, variants: set[Pair]) -> dict[str, list[str]]:
    """A word of sets.txt -> the words that it stands for by mistake."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in text.splitlines():
        if not line.startswith("#"):
            for word, other in permutations(line.split(), 2):
                if (word, other) not in variants and not are_forms(word, other):
                    found[word].add(other)
    return {word: sorted(others) for word, others in sorted(found.items())}


def write(name: str, lines: Iterable[str]) -> None:
    """Write one list, the same bytes at every run."""
    data = gzip.compress("".join(f"{line}\n" for line in lines).encode(), 9, mtime=0)
    (DATA / f"{name}.txt.gz").write_bytes(data)
    print(f"{name}: {len(data):,} bytes")


def grouped(pairs: dict[Pair, int]) -> Iterator[str]:
    """The pairs, a first word a line: a tab, a rank, and the second words of that rank."""
    by_first: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (first, second), rank in sorted(pairs.items()):
        by_first[first][rank].append(second)
    for first, ranks in by_first.items():
        yield "\t".join([first, *(" ".join([str(rank), *seconds]) for rank, seconds in sorted(ranks.items()))])


def main() -> None:
    """Make every list."""
    lexicon = load("en_US")
    words = lexicon.words
    variants = {pair for us, uk in load("en_GB").other_variant.items() for pair in ((us, uk), (uk, us))}
    pairs = {pair: rank for pair, rank in counted().items() if pair[0] in words and pair[1] in words}
    counts = Counts(words, dict(pairs))
    patterns = (DATA / "patterns.txt").read_text(encoding="utf-8")
    written = list(clauses(patterns))
    rules = [rule for rule in map(counts.checked, written) if rule and rule.wrong != rule.right]
    titles, health = in_titles()
    for pair in titles:
        if pair[0] in words and pair[1] in words:
            pairs.setdefault(pair, SEEN_IN_TITLES)
    for pair in taught(patterns, rules):
        if min(words.get(word, 0) for word in pair) < COMMON:
            pairs[pair] = max(SEEN_IN_RULES, pairs.get(pair, 0))
    listed = sets((DATA / "sets.txt").read_text(encoding="utf-8"), variants)
    targets = {w for pair in pairs for w in pair if len(w) > 3 and words.get(w, 0) >= 30 and w.isalpha()}
    near = near_words(words, targets)
    near = {w: [o for o in others if (w, o) not in variants] for w, others in sorted(near.items())}
    health |= {rule.right for rule in written if words.get(rule.right, 0) < COMMON}
    write("health", sorted(health))
    write("pairs", grouped(pairs))
    write("listed", (" ".join([word, *others]) for word, others in listed.items()))
    write("near", (" ".join([word, *others]) for word, others in near.items() if others))
    write("rules", sorted(map(rule_line, rules)))


def rule_line(rule: Clause) -> str:
    fields = (" ".join(sorted("+".join(row) for row in rows)) for rows in (rule.before, rule.after, rule.forbidden))
    return "\t".join([rule.wrong, rule.right, *fields])


if __name__ == "__main__":
    main()
