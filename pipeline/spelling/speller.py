"""Finds misspelt, run-together, split and doubled words on one page, and says what was meant.

In: blocks of text. Out: findings with offsets. Fast because each distinct word is looked up once; the slow rules run
only on blocks that hold an unknown, doubled or joinable word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import add, eq

from pipeline.spelling import tokens
from pipeline.spelling.judging import Context, Judge
from pipeline.spelling.lexicon import Lexicon, load

EXEMPT_DOUBLES = frozenset({"had", "that"})


@dataclass(frozen=True, slots=True)
class Misspelling:
    """One finding."""

    start: int
    """Offset of the first character in the text that the blocks come from."""
    end: int
    """Offset one past the last."""
    word: str
    """The text found there."""
    kind: str
    """misspelling, run-together, split, doubled, or unknown: no close common candidate, so for a person to judge."""
    suggestions: tuple[str, ...]
    """Best first, at most three, in the case of the word."""
    sure: bool
    """One candidate is far ahead: safe to apply without asking."""


class Speller:
    """A checker for one variant of English and one library.

    ``own_words`` are always right. ``library_words`` are the words of the library with the number of its articles
    that use each: what two articles use is taken for right unless it is a known misspelling.
    Errors: ValueError for a variant other than "en_GB" and "en_US".
    """

    def __init__(
        self, variant: str = "en_GB", own_words: Iterable[str] = (), library_words: Mapping[str, int] | None = None
    ) -> None:
        self._lexicon = load(variant)
        self._judge = Judge(self._lexicon, own_words, library_words or {})

    def check(self, blocks: Sequence[tuple[int, str]]) -> list[Misspelling]:
        """In: (offset, text) of each heading, paragraph, item or cell of one page. Out: findings in order of place."""
        joined = "\n\x1f\n".join(text for _, text in blocks).lower()
        words = tokens.WORD.findall(joined)
        following = words[1:]
        unknown = set(words).difference(self._lexicon.words)
        unknown = {word for word in unknown if not self._judge.accepts(word)}
        doubled = any(map(eq, words, following))
        joins = self._lexicon.words.keys() & set(map(add, words, following))
        pairs = {pair for pair in pairwise(words) if pair[0] + pair[1] in joins} if joins else set()
        split = {pair for pair in pairs if self._judge.splits(*pair)}
        if not (unknown or doubled or split):
            return []
        page = Counter(words)
        extra = tuple(sorted(word for word in unknown if page[word] > 1 and len(word) > 3))
        wanted = _Wanted(unknown, split, doubled)
        return [finding for offset, text in blocks for finding in self._check_block(offset, text, wanted, page, extra)]

    def _check_block(
        self, offset: int, text: str, wanted: _Wanted, page: Counter[str], extra: tuple[str, ...]
    ) -> list[Misspelling]:
        """The findings of one block, in order."""
        lowered = tokens.WORD.findall(text.lower())
        found = self._doubled(offset, text) if wanted.doubled else []
        if wanted.unknown.isdisjoint(lowered) and not (wanted.split and wanted.split & set(pairwise(lowered))):
            return found
        matches = [m for m in tokens.WORD.finditer(text) if not _inside(m.start(), m.end(), tokens.SKIPPED.finditer(text))]
        taken = -1
        for index, match in enumerate(matches):
            if match.start() < taken:
                continue
            finding = self._check_word(offset, text, matches, index, wanted, page, extra)
            if finding:
                taken = finding.end - offset
                found.append(finding)
        return found

    def _check_word(  # noqa: PLR0911
        self, offset: int, text: str, matches: list[re.Match[str]], index: int, wanted: _Wanted,
        page: Counter[str], extra: tuple[str, ...],
    ) -> Misspelling | None:  # fmt: skip
        """What is to be said of one word of a block, if anything."""
        match = matches[index]
        word, lower = match.group(), match.group().lower()
        after = _neighbour(text, matches, index, index + 1)
        if after and (lower, after.group().lower()) in wanted.split and after.group().islower():
            return _joined(offset, text, match, after, sure=False)
        if lower not in wanted.unknown or len(word) < 2:
            return None
        if tokens.is_acronym(word) and not (len(word) > 6 and word.isupper() and lower not in self._lexicon.names):
            return None
        if word[0].isupper() and self._judge.is_name(lower):
            return None
        group, unknown = self._group(text, match)
        if group > 1 and unknown < 0:
            return None
        for first, second in ((match, after), (_neighbour(text, matches, index, index - 1), match)):
            if first and second and group == 1 and self._joins(first, second, page, extra):
                return _joined(offset, text, first, second, sure=False)
        context = Context(
            page, extra, word.istitle() and not tokens.starts_sentence(text, match.start()) and not tokens.is_title(text),
            _species(text, matches, index, self._lexicon), word.istitle(), group,
        )  # fmt: skip
        verdict = self._judge.decide(lower, context)
        suggestions = tuple(tokens.in_case_of(word, suggestion) for suggestion in verdict.suggestions)
        return Misspelling(offset + match.start(), offset + match.end(), word, verdict.kind, suggestions, verdict.sure)

    def _joins(self, first: re.Match[str], second: re.Match[str], page: Counter[str], extra: tuple[str, ...]) -> bool:
        """Whether a word of which one half is unknown was broken here."""
        if not second.group().islower():
            return False
        a, b = first.group().lower(), second.group().lower()
        score = self._judge.joined(a, b)
        if score < 0:
            return False
        unknown = a if a not in self._lexicon.words else b
        other = self._judge.ranker.candidates(unknown, page, [w for w in extra if w != unknown])
        return not other or other[0].score < score - 0.5

    def _group(self, text: str, match: re.Match[str]) -> tuple[int, int]:
        """The number of parts of the hyphenated word around a word (1: none), and of those unknown; -1: leave it."""
        start, end = match.span()
        if not (text[start - 1 : start] in _HYPHENS or text[end : end + 1] in _HYPHENS):
            return 1, 1
        for group in tokens.GROUP.finditer(text, max(0, start - 60)):
            if group.start() <= start and end <= group.end():
                parts = tokens.WORD.findall(group.group().lower())
                unknown = sum(not self._judge.accepts(part) for part in parts)
                whole = self._judge.accepts("".join(parts))
                return len(parts), -1 if whole or tokens.is_sounded_out(group.group(), unknown) else unknown
        return 1, 1

    def _doubled(self, offset: int, text: str) -> list[Misspelling]:
        """Words written twice in a block."""
        found = []
        for match in tokens.DOUBLED.finditer(text):
            first, second = match.group(1), match.group(3)
            if first.lower() in EXEMPT_DOUBLES or (second[0].isupper() and (first[0].islower() or len(match.group(2).strip(" ")) > 0)):
                continue
            if len(first) == 1 and not first.islower():
                continue
            found.append(Misspelling(offset + match.start(), offset + match.end(), match.group(), "doubled", (first,), True))
        return found


_HYPHENS = ("-", "‐", "‑")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the fast pass over a page found, for the slow pass to place."""

    unknown: set[str]
    split: set[tuple[str, str]]
    doubled: bool


def _inside(start: int, end: int, skipped: Iterable[re.Match[str]]) -> bool:
    return any(skip.start() <= start and end <= skip.end() for skip in skipped)


def _neighbour(text: str, matches: list[re.Match[str]], index: int, other: int) -> re.Match[str] | None:
    """The word before or after, if nothing but white space stands between."""
    if not 0 <= other < len(matches):
        return None
    first, second = sorted((index, other))
    between = text[matches[first].end() : matches[second].start()]
    return matches[other] if between and between.isspace() else None


def _species(text: str, matches: list[re.Match[str]], index: int, lexicon: Lexicon) -> bool:
    """Whether a word looks like the second half of a Latin name."""
    before = _neighbour(text, matches, index, index - 1)
    word = matches[index].group()
    return (
        before is not None and before.group()[0].isupper() and word.islower() and tokens.LATIN.search(word) is not None
        and lexicon.words.get(before.group().lower(), 0) < 30
    )  # fmt: skip


def _joined(offset: int, text: str, first: re.Match[str], second: re.Match[str], sure: bool) -> Misspelling:
    """A finding over two words that should be one."""
    start, end = first.start(), second.end()
    whole = first.group() + second.group()
    return Misspelling(offset + start, offset + end, text[start:end], "split", (whole,), sure)
