"""The front matter of a draft: title, what the page says of itself, where it came from, and what must be cleared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.front_matter import quote
from pipeline.importing.metadata import Metadata

NOT_CLEARED = "imported: nobody has cleared its rights and facts yet"
UNVERIFIED = "as the page says; unverified"
LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a draft came from."""

    file: str
    """Name of the file, without its folders."""
    digest: str
    """SHA-256 of its bytes, in hexadecimal."""
    kind: str
    date: str
    """Of the import, such as 2026-03-01."""


def write_front_matter(
    title: str, language: str, metadata: Metadata, provenance: Provenance, review: Sequence[str]
) -> str:
    """The YAML block with its fences."""
    return "\n".join(["---", *_fields(title, language, metadata, provenance, review), "---", ""])


def _fields(
    title: str, language: str, metadata: Metadata, provenance: Provenance, review: Sequence[str]
) -> Iterator[str]:
    if title:
        yield f"title: {quote(title)}"
    yield f"lang: {language}"
    if metadata.authors:
        yield "authors:"
        for name, role in metadata.authors:
            said = f"{role} ({UNVERIFIED})" if role else UNVERIFIED
            yield f"  - {{name: {quote(name)}, role: {quote(said)}}}"
    if metadata.media:
        yield "media:"
        for text in metadata.media:
            yield f"  - {{type: lost, note: {quote(text)}}}"
    yield "publishable: false"
    yield "provenance:"
    yield f"  file: {quote(provenance.file)}"
    yield f"  sha256: {provenance.digest}"
    yield f"  kind: {provenance.kind}"
    yield f"  imported: {provenance.date}"
    if metadata.dates:
        yield f"  unverified_dates: [{', '.join(quote(text) for text in metadata.dates)}]"
    yield f"  rights: {quote(NOT_CLEARED)}"
    yield "review:"
    for point in review:
        yield f"  - {quote(point)}"


def slug(title: str, stem: str) -> str:
    """A file's name from a title in Latin letters, else from the name of the imported file."""
    for text in (title, stem):
        plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("đ", "d").replace("Đ", "d"))
        letters = "".join(c for c in plain if not unicodedata.combining(c))
        name = re.sub(r"[^a-z0-9]+", "-", letters.casefold()).strip("-")
        letters_kept = sum(c.isascii() and c.isalnum() for c in letters)
        if name and letters_kept * 2 >= sum(c.isalnum() for c in letters):
            return name[:LONGEST_SLUG].rsplit("-", 1)[0] if len(name) > LONGEST_SLUG else name
    return "article"
