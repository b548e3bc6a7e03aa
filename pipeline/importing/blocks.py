"""Lines joined to blocks: what was wrapped to a width, or cut by a page break, is one paragraph again.

A line was wrapped where the first word of the next one would not have fitted into the width any more. A line that
ends where it need not have ended was ended on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.importing.nouns import Block, Line, Mended
from pipeline.importing.vocabulary import CJK, NO_WORDS, Words

SENTENCE_END = ".!?…。！？؟۔।॥"
_CLOSERS = "\"'”’»›)]）】」』*_"
WIDEST_WRAP = 160
"""Characters. A longer line is a paragraph of its own, not one wrapped to a width."""
_LEAST_WIDTH = 28
_LEAST_PROSE_WIDTH = 45
"""Characters. Narrower lines in lower case are items, where nothing else says that a page was wrapped."""
SHORT_CLAUSE = 60
"""Characters. A shorter line that ends with a semicolon is an item."""
LEAST_FOLDS = 3
"""Lines that end with "the" or the like, from which a page counts as folded to columns."""
_HYPHENS = "-‐\u2011"

IsWord = Callable[[str], bool]


_REFERENCES = re.compile(r"(?:\s*\[[\d٠-٩,;\s–-]{1,9}\])+\s*$|(?<=[.!?。؟])\s*\(\d{1,2}\)\s*$")


def without_references(text: str) -> str:
    """A text without the numbers of its sources at the end, such as "[1][2]"."""
    return _REFERENCES.sub("", text) if text[-1:] in ("]", ")") else text


_HINDI_VERB = re.compile(r"\s(?:है|हैं|था|थे|थी|होगा|होगी|होंगे|चाहिए|गया|गई|गए|लें|करें|रहें|दें|सकता|सकती|सकते)$")
_ASKS = re.compile(r"क्या|क्यों|कैसे|कौन|कब|कहां|कहाँ|कितन")
LEAST_HINDI = 7
"""Words of a Hindi line without a stop that may be a sentence for its verb at the end."""


def ends_with_a_verb(text: str, words: int) -> bool:
    """Whether a line without a stop is a sentence for all that: in Hindi the verb stands at the end."""
    if words < LEAST_HINDI or not "\u0900" <= text[-1:] <= "\u097f":
        return False
    return bool(_HINDI_VERB.search(text)) and not _ASKS.search(text)


def ends_with_colon(text: str) -> bool:
    """Whether a text leads in what follows it."""
    last = text[-1:]
    if last == "]" or last.isspace():
        last = without_references(text).rstrip()[-1:]
    return last in (":", "：")


@lru_cache(maxsize=16384)
def ends_sentence(text: str) -> bool:
    """Whether a text ends with a full stop or the like."""
    bare = without_references(text).rstrip(_CLOSERS + " ")
    return bool(bare) and (
        bare[-1] in SENTENCE_END or (bare[-1] == "|" and "\u0900" <= bare.rstrip("| ")[-1:] <= "\u097f")
    )


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """A title without numbers and marks, to compare it."""
    folded = text.casefold()
    return " ".join(folded.translate(_NO_LETTERS).split()) if folded.isascii() else " ".join(_LETTERS.findall(folded))


_LETTERS = re.compile(r"[^\W\d_]+")
_NO_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}


def count_words(text: str) -> int:
    """About as many words; a Chinese word is taken for 1.7 characters."""
    wide = 0 if text.isascii() else len(CJK.findall(text))
    return len(text.split()) if not wide else round(wide / 1.7) + len(CJK.sub(" ", text).split())


def make_blocks(lines: Sequence[Line], mended: Mended, is_word: IsWord, words: Words = NO_WORDS) -> list[Block]:
    """Lines joined to blocks.

    is_word: whether a word without its hyphen is one of the language; decides what a hyphen at the end of a line was.
    words: what is known of the language. A line that begins with a word that begins sentences, in a capital,
    continues no other; one that ends with "the" or the like is continued by the next.
    """
    width = _page_width(lines)
    openers = words.openers
    is_folded = _is_folded(lines, words.joiners)
    blocks: list[Block] = []
    for group in _groups(lines):
        joined: list[Line] = []
        own = max(len(line.text) + line.indent for line in group)
        is_wrapped = _is_wrapped(group, own)
        for line in group:
            is_new = line.text[:1].isupper() and line.text.split(" ", 1)[0].casefold() in openers
            if joined and is_new and not ends_sentence(joined[-1].text) and line.hint != "+":
                blocks.append(_block(joined, mended, is_word))
                joined = [line]
                continue
            if joined and is_folded and _is_unfinished(joined[-1], line, words.joiners):
                joined.append(line)
                continue
            if joined and (_goes_on(joined[-1], line, own, width, is_wrapped) or _is_cut(joined, line, width)):
                joined.append(line)
                continue
            if joined:
                blocks.append(_block(joined, mended, is_word))
            joined = [line]
        blocks.append(_block(joined, mended, is_word))
    return blocks


def join_blocks(first: Block, second: Block, mended: Mended, is_word: IsWord) -> None:
    """Put a block that was cut off by a page break back to the end of the first."""
    first.text = _join(first.text, second.text, first.lines[-1].soft, mended, is_word)
    first.words = count_words(first.text)
    first.lines = [*first.lines, *second.lines]


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines without a blank line between them."""
    group: list[Line] = []
    for line in lines:
        if group and line.hint != "+" and (line.gap or line.hint or group[-1].hint):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _page_width(lines: Sequence[Line]) -> int:
    """The width that a page was wrapped to; 0 when it was not wrapped."""
    lengths = sorted(len(line.text) + line.indent for line in lines if len(line.text) >= _LEAST_WIDTH // 2)
    if len(lengths) < 8:
        return 0
    width = lengths[int(len(lengths) * 0.95)]
    if width > WIDEST_WRAP or width < _LEAST_WIDTH:
        return 0
    full = sum(width * 0.8 <= length <= width * 1.12 for length in lengths)
    unended = sum(
        not ends_sentence(line.text) and len(line.text) + line.indent >= width * 0.8 for line in lines if not line.hint
    )
    return width if full >= len(lengths) * 0.4 and unended >= full * 0.4 else 0


def _is_wrapped(group: Sequence[Line], width: int) -> bool:
    """Whether nearly every line of a group is as full as it could be."""
    if len(group) < 2 or width > WIDEST_WRAP or width < _LEAST_WIDTH:
        return False
    pairs = [(a, b) for a, b in pairwise(group) if not b.marker]
    forced = sum(_is_forced(a, b, width) for a, b in pairs)
    ended = sum(ends_sentence(a.text) for a, _ in pairs)
    goes_on = any(b.text[:1].islower() or _has_no_case(b.text[:1]) for _, b in pairs)
    return goes_on and forced >= len(pairs) * 0.75 and ended <= len(pairs) * 0.6


def _is_forced(line: Line, following: Line, width: int) -> bool:
    """Whether the first word of the following line would not have fitted behind this one."""
    first = following.text[:1] if CJK.match(following.text) else following.text.split(" ", 1)[0]
    return len(line.text) + line.indent + 1 + len(first) > width * 0.94


def _goes_on(line: Line, following: Line, own: int, page: int, is_wrapped: bool) -> bool:
    """Whether a line and the one below it are one paragraph."""
    if following.hint == "+":
        return True
    if following.marker or following.hint or line.hint or following.gap or following.text == line.text:
        return False
    is_broken = line.text[-1:] in _HYPHENS and line.text[-2:-1].isalpha() and following.text[:1].islower()
    if line.soft or is_broken or (line.marker and following.indent > line.indent + 1):
        return True
    width = page or (own if own <= WIDEST_WRAP else 0)
    is_width = width >= _LEAST_WIDTH or (width > 0 and is_wrapped)
    return is_width and len(line.text) <= WIDEST_WRAP and _is_wrapped_pair(line, following, (own, page), is_wrapped)


def _is_wrapped_pair(line: Line, following: Line, widths: tuple[int, int], is_wrapped: bool) -> bool:
    """Whether the lengths of two lines, and how they end and begin, say that the first was wrapped."""
    own, page = widths
    text, begin, width = line.text, following.text[:1], page or own
    is_full = _is_forced(line, following, width)
    if text[-1:] in ";；؛" and len(text) < SHORT_CLAUSE:
        return False
    if begin.islower() or begin in ",;)،؛，；、）":
        is_full = is_full and (page != 0 or width >= _LEAST_PROSE_WIDTH)
        return not ends_sentence(text) and (is_full or is_wrapped or (line.marker != "" and len(text) > width * 0.6))
    is_forced = is_full or (is_wrapped and _is_forced(line, following, own))
    if not is_forced or not (page or is_wrapped):
        return False
    if ends_sentence(text) or text[-1:] in ":：":
        # A paragraph may well end at the end of a line: it goes on only where the width leaves no doubt.
        is_title = len(following.text) < width * 0.5 and not ends_sentence(following.text)
        return not is_title and ends_sentence(text) and len(text) + line.indent > width * 0.9
    return len(text) + line.indent >= width * 0.7 and (page != 0 or _has_no_case(begin) or is_wrapped)


def _is_cut(joined: Sequence[Line], following: Line, page: int) -> bool:
    """Whether a line of a wrapped page breaks off within a sentence, though the next word would have fitted."""
    line = joined[-1]
    return bool(
        page
        and following.text[:1].islower()
        and not (following.marker or following.hint or line.hint or following.gap)
        and not joined[0].text[:1].islower()
        and len(line.text.split()) >= 5
        and not ends_sentence(line.text)
        and line.text[-1:] not in ":：;；"
    )


def _is_folded(lines: Sequence[Line], joiners: frozenset[str]) -> bool:
    """Whether a page was folded to columns that vary in width: many lines end with words that nothing ends with."""
    ends = sum(_ends_with_joiner(line, joiners) for line in lines if not line.hint)
    return ends >= LEAST_FOLDS and ends * 12 >= len(lines)


def _ends_with_joiner(line: Line, joiners: frozenset[str]) -> bool:
    last = line.text.rsplit(None, 1)[-1] if len(line.text) <= WIDEST_WRAP else ""
    return last.casefold().rpartition("'")[2].rpartition("’")[2] in joiners


def _is_unfinished(line: Line, following: Line, joiners: frozenset[str]) -> bool:
    """Whether a line of a folded page needs the one below it to be a sentence."""
    if following.marker or following.hint or line.hint or following.gap or len(line.text) > WIDEST_WRAP:
        return False
    if _ends_with_joiner(line, joiners):
        return True
    begins = following.text[:1].islower() or following.text[:1] in "(«"
    return (
        begins
        and not ends_sentence(line.text)
        and line.text[-1:] not in ":：;；"
        and len(line.text) >= _LEAST_WIDTH // 2
    )


def _has_no_case(character: str) -> bool:
    return character.upper() == character.lower()


def _block(lines: list[Line], mended: Mended, is_word: IsWord) -> Block:
    text = lines[0].text
    for before, line in pairwise(lines):
        text = _join(text, line.text, before.soft, mended, is_word)
        mended.add("wrapped line")
    return Block(lines, text, count_words(text))


def _join(text: str, following: str, is_soft: bool, mended: Mended, is_word: IsWord) -> str:
    """Two lines as one."""
    if is_soft:
        return text + following
    if text[-1:] in _HYPHENS and text[-2:-1].isalpha() and following[:1].islower():
        left = re.findall(r"[^\W\d_]+", text[:-1])[-1:]
        right = re.match(r"[^\W\d_]+", following)
        if left and right and is_word(left[0] + right[0]):
            mended.add("hyphen at the end of a line")
            return text[:-1] + following
        return text + following
    if CJK.match(text[-1:]) and CJK.match(following[:1]):
        return text + following
    if text[-1:] in "，。；：、！？" and CJK.match(following[:1]):
        return text + following
    return f"{text} {following}"
