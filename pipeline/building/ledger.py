"""Which files in dist/ are still what a build would make: the ledger of an earlier build."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.cache import SHORT, digest, own_files, share
from pipeline.formats import louis
from pipeline.language import Language
from pipeline.library import Settings
from pipeline.model import Output
from pipeline.stamps import GONE, Stamp, look_at
from pipeline.store import Store

share(Language, Settings)

_NO_FORMATS = (
    "checks/", "spelling/", "confusions/", "dictionaries/", "readability/", "report/", "cli/", "commands/", "audit/",
    "importing/", "exchange/", "desk/", "overview/", "serving/", "lsp/", "languages/", "example/", "building/",
)  # fmt: skip
"""Where files of Plainleaf lie that no leaflet depends on."""

OWN = {
    "html": ("formats/html.py", "formats/json_ld.py", "formats/templates/html.j2"),
    "epub": ("formats/library_book.py", "formats/templates/book"),
    "pdf": ("formats/leaflet", "formats/text_layer", "formats/pdf_"),
    "docx": ("formats/docx.py",),
    "ssml": ("formats/ssml.py",),
    "brf": ("formats/brf.py", "formats/louis.py"),
}
"""Files on which one format alone depends, by how their paths begin: no other need be made again for them."""


class Ledger:
    """Knows of each output the digest of all that it was made from, and whether it still stands as it was written."""

    def __init__(self, root: Path, stamps: Mapping[str, Stamp]) -> None:
        """stamps: of the files in dist/, by path from there."""
        self._dist = root / "dist"
        self._stamps = stamps
        self._store = Store(root, "outputs")
        self._entries = dict(self._store.entries())
        self._programs: dict[str, str] = {}

    def key(self, content: str, format_name: str) -> str:
        """The key of an output in a format. content: the digest of all data that it is made from."""
        if format_name not in self._programs:
            self._programs[format_name] = _program(format_name)[:SHORT]
        return f"{content} {self._programs[format_name]}"

    def knows(self, path: str) -> bool:
        """Whether an earlier build, or this one, made the file of this path in dist/."""
        return path in self._entries

    def standing(self, article: str, language: str, format_name: str, path: str, key: str) -> Output | None:
        """The output that stands in dist/ with this key, or None: then it must be made."""
        entry = self._entries.get(path)
        if not (isinstance(entry, list) and len(entry) == 3 and entry[0] == key):
            return None
        output = Output(article, language, format_name, path, str(entry[1]), self._dist)
        if self._stamps.get(path, GONE).text != entry[2]:
            try:
                if _digest_of(output.path) != entry[1]:
                    return None
            except OSError:
                return None
            self.note(output, key)
        return output

    def note(self, output: Output, key: str) -> None:
        """An output was made, and stands in dist/."""
        self._entries[output.name] = [key, output.digest, look_at(output.path).text]
        self._store.put(output.name, self._entries[output.name])

    @contextlib.contextmanager
    def kept_when_stopped(self) -> Iterator[None]:
        """Write what was noted when the block does not come to its end: the next build goes on from there."""
        try:
            yield
        except BaseException:
            self._store.write(keep_others=True)
            raise

    def write(self, every: Iterable[str] | None) -> None:
        """Keep the ledger for the next build. every: paths of all outputs, or None if this is unknown."""
        if every is not None:
            self._store.forget_others(set(every))
        self._store.write(keep_others=True)


def _program(format_name: str) -> str:
    # pdf-large and its kin are set by the files of pdf.
    kind = format_name.partition("-")[0]
    others = (pattern for name, patterns in OWN.items() if name != kind for pattern in patterns)
    # Braille is the one format that a program makes which is no package.
    return digest(own_files(*_NO_FORMATS, *others), louis.installed() if format_name == "brf" else "")


def _digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
