"""From what readers read back to the source: which segment of the library a fault in dist/ comes from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from rapidfuzz import fuzz, process

from pipeline.audit.model import AuditFinding, Mend
from pipeline.building.dist import MANIFEST
from pipeline.building.leaflets import emergency_number
from pipeline.checking import translated_article
from pipeline.checks import TranslatedArticle
from pipeline.library import Library, find_library
from pipeline.model import Article, PlainleafError, Segment, Translation
from pipeline.translate import fill_placeholders

_IMAGE = re.compile(r"!\[((?:[^\[\]\\]|\\.)*)\]\([^)]*\)(?:\{[^}]*\})?")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\](?:\([^)]*\)|\[[^\]]*\]|\{[^}]*\})")
_MARKS = re.compile(r"\[\^[^\]]*\]|[*`_~\\]+|\s+$")
CLOSE = 88.0
"""Likeness (0 to 100) from which on a text counts as that of a segment: numbers and marks may differ."""


@dataclass
class _Edition:
    """One article in one language, with the plain text of each segment."""

    article: Article
    item: TranslatedArticle | None
    """None in the source language."""
    library: Library

    @property
    def translations(self) -> tuple[Translation, ...]:
        """One for each segment; none in the source language."""
        return self.item.translated.translations if self.item else ()

    @cached_property
    def plain(self) -> list[str]:
        """The text of each segment of the source as readers see it in the language of the edition."""
        try:
            number = emergency_number(self.article, self.library.settings.emergency_number)
        except PlainleafError:
            number = self.library.settings.emergency_number
        texts = [t.text if t.printable else t.segment.text for t in self.translations]
        texts = texts or [segment.text for segment in self.article.segments]
        return [folded(plain(fill_placeholders(text, [("emergency_number", number)]))) for text in texts]

    @cached_property
    def pictures(self) -> list[int]:
        """For each picture of the article, the number of the segment that it stands in."""
        return [
            number
            for number, segment in enumerate(self.article.segments)
            for _ in _IMAGE.finditer(self.article.text[segment.start : segment.end])
        ]

    def find(self, text: str, image: int) -> int | None:
        """The number of the segment that a text, or the nth picture, comes from."""
        if image and image <= len(self.pictures):
            return self.pictures[image - 1]
        wanted = folded(text)
        if len(wanted) < 2:
            return None
        if wanted in self.plain:
            return self.plain.index(wanted)
        if len(wanted) >= 8:
            for number, plain_text in enumerate(self.plain):
                if wanted in plain_text:
                    return number
        long = {n: p for n, p in enumerate(self.plain) if len(p) >= 8}
        for number, plain_text in sorted(long.items(), key=lambda item: -len(item[1])):
            if plain_text in wanted:
                return number
        found = process.extractOne(wanted, long, scorer=fuzz.ratio, score_cutoff=CLOSE)
        return int(found[2]) if found else None


class Mender:
    """Finds the segments behind findings in the dist/ folders of libraries."""

    def __init__(self) -> None:
        self._editions: dict[tuple[Path, str, str], _Edition | None] = {}
        self._libraries: dict[Path, Library | None] = {}

    def mend(self, finding: AuditFinding) -> AuditFinding:
        """The finding with the place to mend, where it can be told."""
        edition = self._edition(finding.path)
        if edition is None:
            return finding
        number = edition.find(finding.text, finding.image)
        segment = edition.article.segments[number] if number is not None else None
        return replace(finding, mend=self._place(edition, segment, number))

    @staticmethod
    def _place(edition: _Edition, segment: Segment | None, number: int | None) -> Mend:
        article = edition.article
        if segment is None or number is None:
            return Mend(article.path, 0, 0, "")
        shown = segment.text if len(segment.text) <= 80 else segment.text[:79] + "…"
        item = edition.item
        if item is None or not item.translated.translations[number].line:
            return Mend(article.path, segment.line, segment.column, shown)
        line, _ = item.lines.place(item.span(item.translated.translations[number])[0])
        return Mend(article.path, segment.line, segment.column, shown, item.catalogue, line)

    def _edition(self, path: Path) -> _Edition | None:
        library = self._library(path)
        if library is None:
            return None
        try:
            inner = PurePosixPath(path.resolve().relative_to((library.root / "dist").resolve()).as_posix())
        except ValueError:
            return None
        if len(inner.parts) < 3:
            return None
        language = inner.parts[0]
        article_id = PurePosixPath(*inner.parts[1:]).with_suffix("").as_posix()
        key = (library.root, language, article_id)
        if key not in self._editions:
            self._editions[key] = _read(library, language, article_id)
        return self._editions[key]

    def _library(self, path: Path) -> Library | None:
        folder = path.resolve().parent
        if folder not in self._libraries:
            try:
                found = find_library(folder)
            except PlainleafError:
                found = None
            is_ours = found is not None and (found.root / "dist" / MANIFEST).is_file()
            self._libraries[folder] = found if is_ours else None
        return self._libraries[folder]


def _read(library: Library, language: str, article_id: str) -> _Edition | None:
    # A variant's name, such as fever.large.pdf, begins with that of its article.
    while article_id and not (source := library.source / f"{article_id}.md").is_file():
        shorter = article_id.rpartition(".")[0] if "." in article_id.rpartition("/")[2] else ""
        article_id = shorter
    if not article_id:
        return None
    try:
        article = library.read(source)
        if language == library.settings.language:
            return _Edition(article, None, library)
        item = translated_article(library, article, language)
    except PlainleafError:
        return None
    return _Edition(article, item, library) if item else None


def plain(markdown: str) -> str:
    """Inline Markdown as readers see it: without marks; a picture as its alternative text."""
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", markdown))
    return _MARKS.sub("", text.replace("\\\n", " "))


def folded(text: str) -> str:
    """Text for comparing: no marks of direction, blanks as one, no case."""
    kept = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return " ".join(kept.split()).casefold()
