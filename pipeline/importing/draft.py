"""One file in, one draft article out, with everything that an editor must know of it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.importing.blocks import IsWord
from pipeline.importing.classify import Classified, classify
from pipeline.importing.front import Provenance, slug, write_front_matter
from pipeline.importing.markdown import heading_text, write_body
from pipeline.importing.metadata import Metadata, read_metadata
from pipeline.importing.nouns import Dropped, Label, Unsettled
from pipeline.importing.readers import Page, read_page
from pipeline.importing.shapes import PICTURE, has_picture
from pipeline.importing.unsettled import unsettled
from pipeline.importing.vocabulary import detect, words_of
from pipeline.model import PlainleafError
from pipeline.spelling.lexicon import load

CODES = {"zh": "zh_Hans"}
"""Codes of data/words.toml that the library calls otherwise."""
FIRST_POINTS = (
    "Rights: find out who owns this text and whether it may be used, and write that down.",
    "Facts: a clinician checks every statement; nobody has done so since the import.",
)


_MARKS = re.compile(r"(?<!\\)[*`]+|(?<!\\)!?\[([^\]]*)\]\([^)]*\)")
"""Marks of emphasis and links, which a title in the front matter does not have."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an import made of one file."""

    path: Path
    """The file that was imported."""
    page: Page
    result: Classified
    metadata: Metadata
    title: str
    language: str
    """CLDR identifier."""
    name: str
    """For the draft's file, without suffix."""
    text: str
    """The whole draft."""
    provenance: Provenance
    unsettled: tuple[Unsettled, ...]
    dropped: tuple[Dropped, ...]

    def counts(self) -> dict[str, int]:
        """How many lines have each label."""
        found = Counter(label.value for _, label in self.result.labels())
        return {label.value: found[label.value] for label in Label}


def make_draft(path: Path, date: str, language: str = "") -> Draft:
    """Read, classify and write one file.

    date: of the import, such as "2026-03-01". language: CLDR identifier, or "" to find out.
    Raises PlainleafError when the file cannot be read, is not safe to read, or holds no text.
    """
    page = read_page(path)
    if not page.lines:
        raise PlainleafError(f"{path}: there is no text in it")
    base = language.partition("_")[0] or detect(" ".join(line.text for line in page.lines[:400]))
    result = classify(page.lines, page.mended, base, _is_word(base), marked_up=page.is_marked_up)
    metadata = read_metadata(result.blocks)
    metadata.media += (alt for _, alt in page.images)
    found = unsettled(page, result, metadata, int(date[:4]))
    pictures = _take_out_pictures(result, metadata)
    code = language or CODES.get(result.language, result.language)
    is_markdown = page.kind not in ("plain text", "PDF")
    title = heading_text(result.title) if result.title else page.title
    if is_markdown:
        title = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", _MARKS.sub(r"\1", title))
    provenance = Provenance(path.name, hashlib.sha256(page.content).hexdigest(), page.kind, date)
    body = write_body(result.blocks, result.title, words_of(result.language), is_markdown=is_markdown)
    front = write_front_matter(title, code, metadata, provenance, _points(found))
    dropped = (*page.dropped, *sorted((*result.dropped(), *pictures), key=lambda item: item.line))
    name, text = slug(title, path.stem), f"{front}\n{body}"
    return Draft(path, page, result, metadata, title, code, name, text, provenance, tuple(found), dropped)


def _points(found: Sequence[Unsettled]) -> list[str]:
    """What an editor must look at, for review: in the front matter."""
    return [*FIRST_POINTS, *(f"Line {item.line} of the import, {item.name}: {item.message}." for item in found)]


def _take_out_pictures(result: Classified, metadata: Metadata) -> list[Dropped]:
    """Take names of pictures' files out of sentences; they become notes on media."""
    gone = []
    for block in result.kept():
        if block.hint == "raw" or not has_picture(block.text):
            continue
        for name in PICTURE.findall(block.text):
            metadata.media.append(name)
            gone.append(Dropped(block.line.number, name, "media", "residue of a picture, film or file", False))
        block.text = re.sub(r"\s+(?=[.,;:!?)]|$)", "", re.sub(r"\s{2,}", " ", PICTURE.sub("", block.text))).strip()
    return gone


def _is_word(language: str) -> IsWord:
    """Whether a word that was hyphenated at the end of a line is one without the hyphen.

    English has many words with hyphens, so there the dictionary decides. Elsewhere a hyphen at the end of a line was
    put there to break the word.
    """
    return lambda word: language != "en" or word.casefold() in _english()


@cache
def _english() -> frozenset[str]:
    return frozenset(load("en_GB").words)
