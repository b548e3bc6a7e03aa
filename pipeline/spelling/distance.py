"""How far a misspelling lies from a word: edits weighed by how easily a writer makes them.

Weights: started from those of the project's first prototype, then fitted by coordinate search to 1,155 errors put
into other health text (slips of every kind and published misspellings) and to the errors on one half of the
spelling corpus; the other half took no part.
"""

from __future__ import annotations

DOUBLED, SWAPPED, SOUND, VOWEL, KEY, OTHER = 0.7, 0.48, 0.48, 0.81, 0.75, 1.1
MISSING, EXTRA, FIRST, SILENT, REPEATED = 0.61, 1.0, 0.21, 0.56, 0.64
VOWELS = frozenset("aeiouy")
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
ALIKE = frozenset(
    ("ck", "kc", "cs", "sc", "sz", "zs", "fv", "vf", "gj", "jg", "mn", "nm", "qk", "kq", "td", "dt", "bp", "pb", "xz")
)
# A spelling of a sound -> other spellings of it, both ways.
DIGRAPHS = (
    ("ph", "f"), ("ae", "e"), ("oe", "e"), ("ck", "k"), ("ks", "x"), ("cs", "x"), ("gh", "g"), ("wh", "w"),
    ("rh", "r"), ("th", "t"), ("ch", "k"), ("ch", "c"), ("sc", "s"), ("sh", "ch"), ("ti", "si"), ("ti", "ci"),
    ("ci", "si"), ("ee", "ea"), ("ee", "ie"), ("ou", "u"), ("qu", "k"), ("kn", "n"), ("ps", "s"), ("pn", "n"),
    ("gn", "n"), ("dg", "g"), ("ei", "a"), ("ai", "e"), ("ea", "e"), ("ue", "u"), ("cc", "x"), ("wr", "r"),
    ("tch", "ch"), ("ough", "uf"), ("augh", "af"), ("eau", "u"), ("eu", "u"), ("our", "er"), ("xc", "x"), ("gue", "g"),
    ("mb", "m"), ("sch", "sk"), ("xc", "cz"), ("cqu", "qu"), ("y", "ie"),
    ("oo", "u"), ("ur", "er"), ("ir", "er"), ("igh", "i"), ("au", "o"), ("ew", "u"),
)  # fmt: skip


def _neighbouring_keys() -> frozenset[str]:
    """Every pair of letters that touch on a QWERTY keyboard, as two letters in both orders."""
    place = {letter: (row, column + row * 0.5) for row, keys in enumerate(ROWS) for column, letter in enumerate(keys)}
    return frozenset(
        a + b
        for a, (row, column) in place.items()
        for b, (row2, column2) in place.items()
        if a != b and abs(row - row2) <= 1 and abs(column - column2) <= 1
    )


KEYS = _neighbouring_keys()


def _sound_pairs() -> dict[str, list[tuple[str, str]]]:
    """Last letter of the typed part -> (typed part, right part)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for a, b in DIGRAPHS:
        for typed, right in ((a, b), (b, a)):
            found.setdefault(typed[-1], []).append((typed, right))
    return found


SOUNDS = _sound_pairs()


def replaced(typed: str, right: str) -> float:
    """The cost of one letter for another."""
    pair = typed + right
    if typed in VOWELS and right in VOWELS:
        return VOWEL
    if pair in ALIKE:
        return SOUND
    return KEY if pair in KEYS else OTHER


def cost(typed: str, right: str) -> float:
    """In: two words in lower case. Out: the weighted number of edits that turn ``right`` into ``typed``."""
    rows: list[list[float]] = [[0.0] * (len(right) + 1) for _ in range(len(typed) + 1)]
    for j in range(1, len(right) + 1):
        rows[0][j] = rows[0][j - 1] + MISSING + (FIRST if j == 1 else 0)
    for i in range(1, len(typed) + 1):
        letter, row, above = typed[i - 1], rows[i], rows[i - 1]
        extra = DOUBLED if i > 1 and letter == typed[i - 2] else EXTRA
        if letter == "e" and i == len(typed):
            extra = min(extra, SILENT)
        row[0] = above[0] + extra + (FIRST if i == 1 else 0)
        for j in range(1, len(right) + 1):
            if letter == right[j - 1]:
                best = above[j - 1]
            else:
                best = above[j - 1] + replaced(letter, right[j - 1]) + (FIRST if i == j == 1 else 0)
            best = min(best, above[j] + extra, row[j - 1] + _missing(right, j))
            row[j] = min(best, _longer(typed, right, i, j, rows))
    return rows[-1][-1]


def _missing(right: str, j: int) -> float:
    """The cost of leaving out letter ``j`` of the right word: little for one of a double."""
    doubled = (j > 1 and right[j - 1] == right[j - 2]) or (j < len(right) and right[j - 1] == right[j])
    if doubled:
        return DOUBLED
    return SILENT if right[j - 1] == "e" and j == len(right) else MISSING


def _longer(typed: str, right: str, i: int, j: int, rows: list[list[float]]) -> float:
    """The cost by way of two letters at once: swapped, said once for twice, or another spelling of the sound."""
    best = 99.0
    if i > 1 and j > 1 and typed[i - 1] == right[j - 2] and typed[i - 2] == right[j - 1]:
        best = rows[i - 2][j - 2] + SWAPPED + (FIRST / 2 if i == j == 2 else 0)
    if j > 3 and right[j - 2 : j] == right[j - 4 : j - 2]:
        best = min(best, rows[i][j - 2] + REPEATED)
    for part, sound in SOUNDS.get(typed[i - 1], ()):
        if right.endswith(sound, 0, j) and typed.endswith(part, 0, i):
            best = min(best, rows[i - len(part)][j - len(sound)] + SOUND)
    return best
