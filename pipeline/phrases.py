"""Quick tests whether a text can hold one of many words or phrases."""

from __future__ import annotations

from collections.abc import Iterable


def keys(words: Iterable[str]) -> tuple[str, ...]:
    """The fewest pieces of text such that every word holds one of them."""
    found: list[str] = []
    for word in sorted(set(words), key=len):
        if not has_any(word, found):
            found.append(word)
    return tuple(found)


def has_any(text: str, pieces: Iterable[str]) -> bool:
    """Whether a text holds one of the pieces; many times faster than a regular expression of them."""
    # Not any(): a generator takes half as long again.
    for piece in pieces:  # noqa: SIM110
        if piece in text:
            return True
    return False
