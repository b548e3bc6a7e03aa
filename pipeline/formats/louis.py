"""liblouis, by its Python module or its program, with a watch over what it has no braille for.

Its tables leave out letters of other scripts, some in silence and some as a code in braille. Each character is
tried on its own first; one that a table lacks goes to the next table, and one that none has is told.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from pipeline.formats import Unavailable

_STRANGE = "\ue123"
"""A character that no table can have."""
_COMPOSED = {unicodedata.normalize("NFD", chr(code)): chr(code) for code in (*range(0x958, 0x960), 0x9DC, 0x9DD, 0x9DF)}
"""Letters with a nukta, which Unicode's composition leaves apart and some tables know as one."""
_PIECE = 400
"""Characters that liblouis is given at a time: its program cuts long lines."""

Translate = Callable[[str, Sequence[str]], list[str]]
"""The names of tables, with commas between, and lines of text -> as many lines of cells."""


class Braille:
    """Tables for one language, the first that knows a character wins."""

    def __init__(self, tables: Sequence[str]) -> None:
        """tables: names of liblouis; one that ends in ".dis" is the display of the one after it."""
        self._translate = _translator()
        self._tables: list[str] = []
        display = "unicode.dis"
        for name in tables:
            if name.endswith(".dis"):
                display = name
            else:
                self._tables.append(f"{display},{name}")
                display = "unicode.dis"
        self._known: dict[str, dict[str, bool]] = {table: {} for table in self._tables}

    def cells(self, texts: Sequence[str]) -> list[str]:
        """Each text as Unicode braille; spaces and line breaks stay. Raises Unavailable for what no table has."""
        plain = [_plain(text) for text in texts]
        places = self._places({character for text in plain for character in text if not character.isspace()})
        cut = [list(_stretches(text, places)) for text in plain]
        made: dict[tuple[int, str], str] = {}
        for number, table in enumerate(self._tables):
            wanted = sorted({piece for pieces in cut for place, piece in pieces if place == number})
            if wanted:
                made |= {(number, p): c for p, c in zip(wanted, self._translate(table, wanted), strict=True)}
        return ["".join(made.get((place, piece), piece) for place, piece in pieces) for pieces in cut]

    def _places(self, characters: Iterable[str]) -> dict[str, int]:
        """Which table each character goes to."""
        places: dict[str, int] = {}
        left = sorted(characters)
        for number, table in enumerate(self._tables):
            known = self._try(table, left)
            places |= {c: number for c in left if known[c]}
            left = [c for c in left if not known[c]]
        if left:
            names = ", ".join(f"{c} ({unicodedata.name(c, f'U+{ord(c):04X}')})" for c in left)
            raise Unavailable(f"liblouis has no braille for {names}")
        return places

    def _try(self, table: str, characters: Sequence[str]) -> dict[str, bool]:
        known = self._known[table]
        new = [c for c in characters if c not in known]
        if new:
            strange, *made = self._translate(table, [_STRANGE, *new])
            known |= {c: _is_known(c, cells, strange) for c, cells in zip(new, made, strict=True)}
        return known


@cache
def braille(tables: tuple[str, ...]) -> Braille:
    """The tables, once for each process. Raises Unavailable where there is no liblouis."""
    return Braille(tables)


def installed() -> str:
    """Which liblouis this machine has, as far as its files tell; "" for none. Another may write other braille."""
    module = importlib.util.find_spec("louis")
    places = (module.origin if module else None, shutil.which("lou_translate"))
    stamps = [(place, found.st_size, found.st_mtime_ns) for place in places if place and (found := Path(place).stat())]
    return f"{stamps} {os.environ.get('LOUIS_TABLEPATH', '')}" if stamps else ""


def _is_known(character: str, cells: str, strange: str) -> bool:
    bare = cells.replace("\u2800", "").strip()
    if not bare:
        return unicodedata.category(character) == "Mn"
    if any(not 0x2800 <= ord(cell) < 0x2840 for cell in bare):
        return False
    return not (cells == strange or (len(strange) > 4 and cells[:3] == strange[:3]))


def _plain(text: str) -> str:
    """Without marks that only guide the eye, and with one form for each letter."""
    text = unicodedata.normalize("NFC", text).replace("\xa0", " ").replace("\u202f", " ")
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    for apart, composed in _COMPOSED.items():
        text = text.replace(apart, composed)
    return text


def _stretches(text: str, places: dict[str, int]) -> Iterator[tuple[int, str]]:
    """The text cut where another table begins: (number of the table, text); -1 for spaces at the edges."""
    for line in re.split(r"(\n|^ +| +$)", text):
        if not line.strip():
            yield -1, line
            continue
        place, piece = -1, ""
        for character in line:
            own = place if character.isspace() else places[character]
            is_full = len(piece) >= _PIECE and character.isspace()
            if piece and (own != place or is_full):
                yield place, piece.rstrip()
                yield -1, piece[len(piece.rstrip()) :]
                piece = ""
            if character.isspace() and not piece:
                yield -1, character
            else:
                piece += character
            place = own
        if piece:
            yield place, piece


@cache
def _translator() -> Translate:
    try:
        louis = importlib.import_module("louis")
        louis.translateString(["unicode.dis", "en-us-g1.ctb"], "a")
    except (ImportError, AttributeError, RuntimeError):
        program = shutil.which("lou_translate")
        if program is None:
            raise Unavailable("braille needs liblouis (Debian: apt install liblouis-bin)") from None
        return lambda table, texts: _by_program(program, table, texts)
    return lambda table, texts: [louis.translateString(table.split(","), text) for text in texts]


def _by_program(program: str, table: str, texts: Sequence[str]) -> list[str]:
    given = "".join(f"{text}\n" for text in texts).encode()
    made = subprocess.run([program, "--forward", table], input=given, capture_output=True, check=False)
    lines = made.stdout.decode("utf-8", "replace").removesuffix("\n").split("\n")
    if made.returncode or len(lines) != len(texts):
        raise Unavailable(f"liblouis cannot use {table}: {made.stderr.decode('utf-8', 'replace').strip()}")
    return lines
