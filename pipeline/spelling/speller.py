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
from pipeline.spelling.judging import Judge
from pipeline.spelling.lexicon import load
from pipeline.spelling.tiers import Context

EXEMPT_DOUBLES = frozenset({"had", "that"})
AFTER_ONE_THAT = re.compile(
    r"\s+(?:the|an?|my|your|his|her|its|our|their|this|these|those|there|it|they|we|you|he|she|I|every|all|some|many|most|"
    r"no|are|were|have)\b"
)
"""What follows "that" but not "that that", of which the second points at something."""
PLURAL = re.compile(
    r"\b(?!(?:say|think|mean|know|show|suggest|believe|find|feel|hope|argue|indicate|ensure|report|state|claim|explain|note|"
    r"agree|prove|confirm|require|imply|assume|conclude|expect|fear|recommend|reveal|seem|tell|warn|understand|see|hear)s\s)"
    r"[a-z]{2,}[^su]s\s+$",
    re.IGNORECASE,
)
"""A plural before "that", and no verb of saying: "tests that that examine"."""


_BREAK = "\x1f"
"""Stands between two blocks, so that the last word of one and the first of the next are no neighbours."""
_WORD_OR_BREAK = re.compile(rf"{tokens.WORD.pattern}|{_BREAK}")


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

    def may_find(self, blocks: Sequence[tuple[int, str]]) -> bool:
        """Whether ``check`` may find something, at a fraction of its price. What a library uses makes it find less."""
        return self._overview(blocks) is not None

    def check(self, blocks: Sequence[tuple[int, str]]) -> list[Misspelling]:
        """In: (offset, text) of each heading, paragraph, item or cell of one page. Out: findings in order of place."""
        place = self._overview(blocks)
        if place is None:
            return []
        return [finding for offset, text in blocks for finding in self._check_block(offset, text, place)]

    def _overview(self, blocks: Sequence[tuple[int, str]]) -> _Page | None:
        """What the fast pass over a page finds; None for nothing."""
        forms = _WORD_OR_BREAK.findall(_BREAK.join(text for _, text in blocks))
        words = [form.lower() for form in forms]
        following = words[1:]
        unknown = {form for form in set(forms).difference(self._lexicon.words) if self._judge.questions(form)}
        doubled = any(map(eq, words, following))
        joins = self._lexicon.words.keys() & set(map(add, words, following))
        breakable = {whole for whole in joins if self._judge.is_breakable(whole)}
        split = {pair for pair in pairwise(words) if pair[0] + pair[1] in breakable} if breakable else set()
        split = {pair for pair in split if self._judge.splits(*pair)}
        if not (unknown or doubled or split):
            return None
        page = Counter(words)
        del page[_BREAK]
        extra = self._judge.of_the_page(page, {form.lower() for form in unknown})
        return _Page(page, extra, unknown, split, doubled)

    def _check_block(self, offset: int, text: str, page: _Page) -> list[Misspelling]:
        """The findings of one block, in order."""
        forms = tokens.WORD.findall(text)
        found = _doubled(offset, text) if page.doubled else []
        if page.unknown.isdisjoint(forms) and not (page.split and page.split & set(pairwise(map(str.lower, forms)))):
            return found
        skipped = [m.span() for m in tokens.skipping(text).finditer(text)]
        skipped += [(item.start - offset, item.end - offset) for item in found]
        matches = [m for m in tokens.WORD.finditer(text) if not _inside(m.start(), m.end(), skipped)]
        starts = {first for first, _ in page.split}
        taken = -1
        for index, match in enumerate(matches):
            word = match.group()
            if match.start() < taken or not (word in page.unknown or (starts and word.lower() in starts)):
                continue
            finding = self._check_word(offset, text, matches, index, page)
            if finding:
                taken = finding.end - offset
                found.append(finding)
        return sorted(found, key=lambda item: item.start)

    def _check_word(
        self, offset: int, text: str, matches: list[re.Match[str]], index: int, page: _Page
    ) -> Misspelling | None:
        """What is to be said of one word of a block, if anything."""
        match = matches[index]
        word = match.group()
        before, after = _neighbour(text, matches, index, index - 1), _neighbour(text, matches, index, index + 1)
        if after and (word.lower(), after.group()) in page.split:
            return _joined(offset, text, match, after)
        apart = self._judge.acronym_apart(word) if word in page.unknown and tokens.is_acronym(word) else ""
        if apart:
            return Misspelling(offset + match.start(), offset + match.end(), word, "run-together", (apart,), False)
        group = self._group(text, match) if word in page.unknown else 0
        if group < 1:
            return None
        for first, second in ((match, after), (before, match)):
            if first and second and group == 1 and self._joins(first, second, page):
                return _joined(offset, text, first, second)
        return self._decided(offset, match, self._context(text, match, (before, after), page, group))

    def _decided(self, offset: int, match: re.Match[str], context: Context) -> Misspelling | None:
        """What the judge says of one unknown word that stands for itself."""
        word = match.group()
        verdict = self._judge.decide(word.lower(), context)
        if verdict is None:
            return None
        suggestions = tuple(tokens.in_case_of(word, suggestion) for suggestion in verdict.suggestions)
        return Misspelling(offset + match.start(), offset + match.end(), word, verdict.kind, suggestions, verdict.sure)

    def _context(
        self,
        text: str,
        match: re.Match[str],
        around: tuple[re.Match[str] | None, re.Match[str] | None],
        page: _Page,
        group: int,
    ) -> Context:
        """What the place of one word of a block says about it."""
        capital = match.group().istitle()
        name = capital and not tokens.starts_sentence(text, match.start()) and not tokens.is_title(text)
        species = self._is_species(around[0], match.group())
        first, second = (other.group().lower() if other else "" for other in around)
        return Context(page.counts, page.extra, name, species, capital, group, (first, second))

    def _is_species(self, before: re.Match[str] | None, word: str) -> bool:
        """Whether a word looks like the second half of a Latin name: after a strange word with a capital."""
        if before is None or not word.islower() or not before.group()[0].isupper():
            return False
        return tokens.LATIN.search(word) is not None and self._lexicon.rank(before.group().lower()) < 30

    def _joins(self, first: re.Match[str], second: re.Match[str], page: _Page) -> bool:
        """Whether a word of which one half is unknown was broken here."""
        if not second.group().islower():
            return False
        a, b = first.group().lower(), second.group()
        score = self._judge.joined(a, b)
        if score < 0:
            return False
        unknown = b if self._lexicon.holds(a) else a
        other = self._judge.ranker.candidates(unknown, page.counts, [w for w in page.extra if w != unknown])
        return not other or other[0].score < score - 0.5

    def _group(self, text: str, match: re.Match[str]) -> int:
        """The number of parts of the hyphenated word around a word (1: none that matters); 0: leave it alone."""
        start, end = match.span()
        if not (text[start - 1 : start] in _HYPHENS or text[end : end + 1] in _HYPHENS):
            return 1
        for group in tokens.GROUP.finditer(text, max(0, start - 60)):
            if group.start() <= start and end <= group.end():
                parts = tokens.WORD.findall(group.group().lower())
                unknown = sum(not self._judge.accepts(part) for part in parts)
                if self._judge.accepts("".join(parts)) or tokens.is_sounded_out(group.group(), unknown):
                    return 0
                return 1 if any(self._lexicon.rank(part) > 42 for part in parts) else len(parts)
        return 1


_HYPHENS = ("-", "‐", "‑")


@dataclass(frozen=True, slots=True)
class _Page:
    """What the fast pass over a page found, for the slow pass to place."""

    counts: Counter[str]
    """Each word in lower case -> its number."""
    extra: tuple[str, ...]
    """Words of the page that no dictionary has, and that are yet what an unknown one may have been meant to be."""
    unknown: set[str]
    """Forms to be questioned, as written."""
    split: set[tuple[str, str]]
    """Neighbours that should be one word."""
    doubled: bool


def _doubled(offset: int, text: str) -> list[Misspelling]:
    """Words written twice in a block. A capital after a line break is more likely a heading's, or a name's."""
    found = []
    for match in tokens.DOUBLED.finditer(text):
        first, gap, second = match.groups()
        exempt = first.lower() in EXEMPT_DOUBLES and not _is_one_that(text, match)
        if exempt or (second[0].isupper() and (first[0].islower() or "\n" in gap)):
            continue
        if len(first) > 1 or first.islower():
            start, end = offset + match.start(), offset + match.end()
            found.append(Misspelling(start, end, match.group(), "doubled", (first,), True))
    return found


def _is_one_that(text: str, match: re.Match[str]) -> bool:
    """Whether "that that" can only be one "that", by what follows or goes before."""
    before = text[max(0, match.start() - 30) : match.start()]
    grammar = AFTER_ONE_THAT.match(text, match.end()) or PLURAL.search(before)
    return match[1].lower() == "that" and grammar is not None


def _inside(start: int, end: int, skipped: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in skipped)


def _neighbour(text: str, matches: list[re.Match[str]], index: int, other: int) -> re.Match[str] | None:
    """The word before or after, if nothing but white space stands between."""
    if not 0 <= other < len(matches):
        return None
    first, second = sorted((index, other))
    between = text[matches[first].end() : matches[second].start()]
    return matches[other] if between and between.isspace() else None


def _joined(offset: int, text: str, first: re.Match[str], second: re.Match[str]) -> Misspelling:
    """A finding over two words that should be one."""
    start, end = first.start(), second.end()
    whole = first.group() + second.group()
    return Misspelling(offset + start, offset + end, text[start:end], "split", (whole,), False)
