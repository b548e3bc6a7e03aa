"""The library's own vocabulary: source/wordlist.txt, one word a line, sorted, with comments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.files import read_text, replace_text
from pipeline.library import WORD_LIST
from pipeline.spelling import Speller

HEADER = "# Words that are right in this library. One a line; what follows a # is a comment.\n"


@dataclass(frozen=True, slots=True)
class Line:
    """A word with what stands around it."""

    word: str
    comment: str
    """After the word, with its #; or ""."""
    above: tuple[str, ...]
    """Lines of comment above it, which move with it."""


def add_words(root: Path, words: Sequence[str], comment: str = "") -> list[str]:
    """Add words to a library's list, sorted; comments stay. Returns those that were new.

    Raises PlainleafError when the list cannot be read or written.
    """
    path = root / WORD_LIST
    before = read_text(path) if path.is_file() else None
    head, lines, tail = parse(HEADER if before is None else before)
    known = {line.word for line in lines}
    new = [word for word in dict.fromkeys(words) if word not in known]
    note = f"# {comment}" if comment else ""
    lines = sorted([*lines, *(Line(word, note, ()) for word in new)], key=lambda line: sort_key(line.word))
    if new:
        replace_text(path, before, render(head, lines, tail))
    return new


def doubts(word: str, variant: str, known: Iterable[str] = ()) -> str:
    """Why a word should perhaps not be added; "" when nothing speaks against it.

    A list of right words that holds a misspelling hides it for good.
    """
    if not re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", word):
        return "it is not one word of letters"
    if word in known:
        return "the list has it already"
    found = Speller(variant).check([(0, word)])
    if not found:
        return "the dictionary has it already"
    if found[0].kind != "unknown" and found[0].suggestions:
        return f'it looks like a misspelling of "{found[0].suggestions[0]}"'
    return ""


def parse(text: str) -> tuple[list[str], list[Line], list[str]]:
    """Head (comments up to the first blank line or word), words, and comments after the last word."""
    head: list[str] = []
    above: list[str] = []
    lines: list[Line] = []
    for raw in text.removeprefix("\ufeff").splitlines():
        word, mark, comment = raw.partition("#")
        if word.strip():
            lines.append(Line(word.strip(), (mark + comment).strip(), tuple(above)))
            above = []
        elif not raw.strip():
            if not lines and not head:
                head, above = above, []
        else:
            above.append(raw.strip())
    if not lines:
        return [*head, *above], [], []
    if not head and lines[0].above and text.lstrip("\ufeff").startswith("#"):
        # Without a blank line, comments at the very top speak of the list and not of its first word.
        head, lines[0] = list(lines[0].above), Line(lines[0].word, lines[0].comment, ())
    return head, lines, above


def render(head: Sequence[str], lines: Iterable[Line], tail: Sequence[str]) -> str:
    """The list as text."""
    rows = [*head, *([""] if head else [])]
    for line in lines:
        rows += [*line.above, f"{line.word}  {line.comment}".rstrip()]
    return "\n".join([*rows, *tail]) + "\n"


def sort_key(word: str) -> tuple[str, str]:
    """Letters first, whatever their accents and case."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
    return plain, word
