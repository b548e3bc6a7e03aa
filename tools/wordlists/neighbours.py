"""The commonest word one edit away from another: what a rare entry may be a misspelling of."""

from __future__ import annotations

from collections import defaultdict


def deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


class Neighbours:
    """Finds the commonest word one edit (insert, delete, replace, swap) away from a word."""

    def __init__(self, zipf: dict[str, float]) -> None:
        self.zipf = zipf
        self.index: dict[str, list[str]] = defaultdict(list)
        for word in zipf:
            for key in deletions(word) | {word}:
                self.index[key].append(word)

    def best(self, word: str) -> tuple[float, str]:
        near = {other for key in deletions(word) | {word} for other in self.index.get(key, ())}
        return max(
            ((self.zipf[o], o) for o in near if o != word and one_edit(word, o) and not inflected(word, o)),
            default=(0.0, ""),
        )


def one_edit(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) == 1:
        return True  # the shared deletion key is the shorter word
    differing = [i for i in range(len(a)) if a[i] != b[i]]
    if len(differing) == 2:
        i, j = differing
        return j == i + 1 and a[i] == b[j] and a[j] == b[i]
    return len(differing) == 1


def inflected(word: str, other: str) -> bool:
    """A plural or possessive-looking form of the other word: no evidence of a typo."""
    return word == other + "s" or other == word + "s"
