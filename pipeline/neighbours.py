"""What the catalogues of one language say beside each other: words that two of them use, texts that differ in them.

Of each catalogue only digests of its messages and words are held, and remembered by the stamp of its file: a language
of thousands of articles need neither fit into memory nor be read again for one changed message.
"""

from __future__ import annotations

import re
import time
import unicodedata
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from pipeline.cache import SHORT, digest, own_files
from pipeline.catalogue import Catalogue, parse_catalogue, read_catalogue
from pipeline.files import read_text
from pipeline.library import LIBRARY_CATALOGUE
from pipeline.model import PRINTABLE, PlainleafError
from pipeline.stamps import Stamp, scan
from pipeline.store import FOLDER, Store

MARKS = (
    "\u0300-\u036f\u064b-\u065f\u0670\u0640\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u200c\u200d"
)
"""Signs within words, which Python does not count among letters."""
WORD = re.compile(
    rf"[\u093a-\u094f\u09bc-\u09cd]*[^\W\d_](?:[^\W\d_]|[{MARKS}])*(?:['’\-‑][^\W\d_](?:[^\W\d_]|[{MARKS}])*)*"
)
_END = ".:;!?…。：；！？।؟۔ \t"
_OTHERS = (
    "formats/", "checks/", "spelling/", "confusions/", "readability/", "report/", "cli/", "commands/", "audit/",
    "importing/", "exchange/", "desk/", "overview/", "serving/", "lsp/", "interface/", "dictionaries/",
)  # fmt: skip
"""Where files of Plainleaf lie on which nothing here depends."""
_KEPT = 16
"""Catalogues that are held whole, to quote them."""


def bare(text: str) -> str:
    """A text as it is compared: without capitals and the punctuation at its ends."""
    return text.strip(_END).casefold()


class Said(NamedTuple):
    """Digests of what one catalogue says."""

    pairs: array[int]
    """For each message that readers may see three numbers: its source, its translation, and that as it is compared."""
    words: array[int]
    """Its words in lower case, each once; none for the library's own catalogue, which repeats what articles say."""


class Neighbours:
    """All catalogues of a language."""

    def __init__(self, folder: Path) -> None:
        """folder: translations/<language>/. A catalogue that cannot be read says nothing: its build tells of it."""
        self._folder = folder
        said = dict(sorted(_remembered(folder), key=lambda row: row[0].split("/")))
        self._shared = _in_two(known.words for known in said.values())
        self._told = _told(said)
        self._views = {name: self._view(name, known) for name, known in said.items()}
        self._texts: dict[str, dict[str, str]] = {}

    def share(self, word: str) -> bool:
        """Whether two catalogues or more use this word; in lower case, composed."""
        return _number(word) in self._shared

    def otherwise(self, catalogue: Path, source: str, text: str) -> tuple[Path, str] | None:
        """Where as many other catalogues or more have another translation of a source text: one of them, and that."""
        name = self._otherwise(catalogue.relative_to(self._folder).as_posix(), _number(source), _number(bare(text)))
        return (self._folder / name, self._text(name, source)) if name else None

    def _otherwise(self, own: str, source: int, mine: int) -> str:
        groups = self._told.get(source)
        if groups is None:
            return ""
        # A text in hand that is not saved yet may be in none of them.
        count = groups[mine].count if mine in groups else 1
        for compared, group in groups.items():
            others = [name for name in group.names if name != own]
            if compared != mine and others and group.count >= count:
                return others[0]
        return ""

    def view(self, catalogue: Path) -> str:
        """The digest of all that is to be told of a catalogue from here."""
        return self._views.get(catalogue.relative_to(self._folder).as_posix(), "")

    def _view(self, name: str, said: Said) -> str:
        told = [
            (source, other, self._told[source])
            for source, _, compared in _triples(said.pairs)
            if (other := self._otherwise(name, source, compared))
        ]
        quoted = [(source, other, _quoted(groups, other)) for source, other, groups in told]
        return digest(quoted, array("Q", sorted(self._shared.intersection(said.words))).tobytes())[:SHORT]

    def _text(self, name: str, source: str) -> str:
        if name not in self._texts:
            while len(self._texts) >= _KEPT:
                self._texts.pop(next(iter(self._texts)))
            messages = read_catalogue(self._folder / name).messages
            self._texts[name] = {msgid: message.text for msgid, message in messages.items()}
        return self._texts[name].get(source, "")


@dataclass(slots=True)
class Group:
    """The catalogues that translate a text in the same way."""

    count: int = 0
    names: dict[str, int] = field(default_factory=dict)
    """Two of them, each with the digest of its translation as it is written there."""


class Noted(NamedTuple):
    """What a catalogue says, noted while it was read for another reason."""

    said: Said
    words: frozenset[str]
    """Of the translations that readers may see."""


def take_note(text: str, path: Path) -> Noted:
    """What a catalogue with this text says. Raises PlainleafError when it is broken."""
    catalogue = parse_catalogue(text, path)
    shown = (m.text for m in catalogue.messages.values() if m.state in PRINTABLE)
    words = (word for shown_text in shown for word in WORD.findall(unicodedata.normalize("NFC", shown_text)))
    return Noted(_said_of(text, catalogue), frozenset(words))


class Notes:
    """What catalogues say, so that they need not be read again for it."""

    def __init__(self, root: Path, began: int) -> None:
        """root: the library's folder. began: when stamps were looked at, in nanoseconds since 1970."""
        self._store, self._began = Store(root, "catalogues"), began
        self.words: dict[str, set[str]] = {}
        """Language -> words of the translations that readers may see."""
        self.noted: dict[str, set[str]] = {}
        """Language -> ids of the articles."""

    def add(self, article_id: str, language: str, noted: Noted, stamp: Stamp | None) -> None:
        """A note of the catalogue of an article. stamp: None where the catalogue is no file."""
        if stamp and stamp.is_settled(self._began):
            _keep(self._store, f"{language}/{article_id}.po", stamp, noted.said)
        self.words.setdefault(language, set()).update(noted.words)
        self.noted.setdefault(language, set()).add(article_id)

    def write(self) -> None:
        """Leave the notes for whoever looks at all catalogues."""
        self._store.write(keep_others=True)


def _in_two(catalogues: Iterable[array[int]]) -> frozenset[int]:
    """What stands in two of them."""
    once: set[int] = set()
    twice: set[int] = set()
    for numbers in catalogues:
        twice.update(once.intersection(numbers))
        once.update(numbers)
    return frozenset(twice)


def _told(said: dict[str, Said]) -> dict[int, dict[int, Group]]:
    """Source that two have -> each of its translations as compared, the one that most catalogues have first."""
    shared = _in_two(array("Q", [source for source, _, _ in _triples(known.pairs)]) for known in said.values())
    told: dict[int, dict[int, Group]] = {}
    for name, known in said.items():
        for source, text, compared in _triples(known.pairs):
            if source in shared:
                group = told.setdefault(source, {}).setdefault(compared, Group())
                group.count += 1
                if len(group.names) < 2:
                    group.names[name] = text
    return {s: dict(sorted(groups.items(), key=lambda row: -row[1].count)) for s, groups in told.items()}


def _quoted(groups: Mapping[int, Group], name: str) -> int:
    """The digest of the translation that a catalogue is quoted with."""
    return next(group.names[name] for group in groups.values() if name in group.names)


def _triples(pairs: array[int]) -> Iterator[tuple[int, int, int]]:
    numbers = iter(pairs)
    return zip(numbers, numbers, numbers, strict=True)


def _remembered(folder: Path) -> Iterator[tuple[str, Said]]:
    """Every catalogue of the folder, by its path in it."""
    began = time.time_ns()
    stamps = {name: stamp for name, stamp in scan([folder], folder).items() if name.endswith(".po")}
    root = folder.parent.parent
    # Whoever only looks at a library writes nothing into it.
    store = Store(root, "catalogues") if (root / FOLDER).is_dir() else None
    prefix = f"{folder.name}/"
    known = dict(store.entries(prefix)) if store else {}
    for name, stamp in stamps.items():
        entry = known.pop(prefix + name, None)
        said = _said_again(entry[1:]) if isinstance(entry, list) and entry[:1] == [_mark(stamp)] else None
        if said is None:
            said = _said(folder / name)
            if store and stamp.is_settled(began):
                _keep(store, prefix + name, stamp, said)
        yield name, said
    if store:
        for key in known:
            store.forget(key)
        store.write(keep_others=True)


def _keep(store: Store, key: str, stamp: Stamp, said: Said) -> None:
    store.put(key, [_mark(stamp), *(b64encode(numbers.tobytes()).decode() for numbers in said)])


def _mark(stamp: Stamp) -> str:
    return f"{stamp.text} {own_files(*_OTHERS)[:16]}"


def _said_again(entry: list[object]) -> Said | None:
    try:
        pairs, words = (array("Q", b64decode(str(text), validate=True)) for text in entry)
    except ValueError:
        return None
    return Said(pairs, words) if len(pairs) % 3 == 0 else None


def _said(path: Path) -> Said:
    try:
        text = read_text(path)
        return _said_of(text, parse_catalogue(text, path))
    except PlainleafError:
        return Said(array("Q"), array("Q"))


def _said_of(text: str, catalogue: Catalogue) -> Said:
    pairs, words = array("Q"), array("Q")
    if catalogue.path.stem != LIBRARY_CATALOGUE:
        lines = unicodedata.normalize("NFC", "\n".join(x for x in text.splitlines() if not x.startswith("#")))
        words.extend(sorted(map(_number, {word.lower() for word in WORD.findall(lines)})))
    for source, message in catalogue.messages.items():
        if message.state in PRINTABLE:
            pairs.extend((_number(source), _number(message.text), _number(bare(message.text))))
    return Said(pairs, words)


def _number(text: str) -> int:
    """64 bits of a digest: in a million texts two have the same one with a chance of one in forty million."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
