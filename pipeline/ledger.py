"""Which files in dist/ are still what a build would make: the ledger of an earlier build."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from pipeline.cache import Store, digest, own_files, share
from pipeline.formats import Leaflet, louis
from pipeline.language import Language
from pipeline.library import Settings
from pipeline.model import Output

share(Language, Settings)

_NO_FORMATS = (
    "checks/", "spelling/", "confusions/", "dictionaries/", "readability/", "report/", "cli/", "commands/", "audit/",
    "importing/", "exchange/", "desk/", "overview/",
)  # fmt: skip
"""Where files of Plainleaf lie that no leaflet depends on."""

OWN = {
    "html": ("formats/html.py", "formats/json_ld.py", "formats/templates/html.j2"),
    "epub": ("formats/library_book.py", "formats/templates/book"),
    "pdf": ("formats/leaflet", "formats/lua/typst.lua", "formats/text_layer", "formats/pdf_"),
    "docx": ("formats/docx.py",),
    "ssml": ("formats/ssml.py",),
    "brf": ("formats/brf.py", "formats/louis.py"),
}
"""Files on which one format alone depends, by how their paths begin: no other need be made again for them."""


class Ledger:
    """Knows of each output the digest of all that it was made from, and whether it still stands as it was written."""

    def __init__(self, root: Path) -> None:
        self._dist = root / "dist"
        self._store = Store(root, "outputs")

    def keys(self, leaflet: Leaflet, formats: Iterable[str]) -> dict[str, str]:
        """Format -> the key of a leaflet in it."""
        common = digest(leaflet)
        return {name: digest(common, name, _program(name)) for name in formats}

    def book_key(self, chapters: Sequence[str], *others: object) -> str:
        """The key of a library's book, of those of its leaflets as EPUB and of what else is in it."""
        return digest(sorted(chapters), others, _program("epub"))

    def standing(self, article: str, language: str, format_name: str, path: PurePosixPath, key: str) -> Output | None:
        """The output that stands in dist/ with this key, or None: then it must be made."""
        entry = self._store.get(path.as_posix())
        file = self._dist / path
        if not (isinstance(entry, list) and len(entry) == 5 and entry[0] == key):
            return None
        output = Output(article, language, format_name, file, str(entry[1]))
        try:
            if _stamp(file) != entry[2:]:
                if _digest_of(file) != entry[1]:
                    return None
                self.note(output, key)
        except OSError:
            return None
        return output

    def note(self, output: Output, key: str) -> None:
        """An output was made, and stands in dist/."""
        path = output.path.relative_to(self._dist).as_posix()
        self._store.put(path, [key, output.digest, *_stamp(output.path)])

    @contextlib.contextmanager
    def kept_when_stopped(self) -> Iterator[None]:
        """Write what was noted when the block does not come to its end: the next build goes on from there."""
        try:
            yield
        except BaseException:
            self.write(is_whole=False)
            raise

    def write(self, *, is_whole: bool) -> None:
        """Keep the ledger for the next build. is_whole: forget outputs that are no longer there."""
        self._store.write(keep_others=not is_whole)


def _program(format_name: str) -> str:
    # pdf-large and its kin are set by the files of pdf.
    kind = format_name.partition("-")[0]
    others = (pattern for name, patterns in OWN.items() if name != kind for pattern in patterns)
    # Braille is the one format that a program makes which is no package.
    return digest(own_files(*_NO_FORMATS, *others), louis.installed() if format_name == "brf" else "")


def _stamp(path: Path) -> list[int]:
    """Size and times. The last cannot be set back: a file that was put there with the old date is looked into."""
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
