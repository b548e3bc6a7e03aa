"""Who wrote the page and when, as the page says: taken over as unverified."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.importing.nouns import Block, Label
from pipeline.importing.shapes import DATE
from pipeline.importing.vocabulary import furniture

_EDITORS = ("edit", "review", "check", "approv", "revis", "relu", "valid", "vérif", "geprüft", "مراجع", "تدقيق", "راجع",
            "समीक्ष", "संपाद", "审", "编", "責", "责", "biên tập", "tham vấn", "cố vấn", "kiểm duyệt", "редактор",
            "провер", "рецензент")  # fmt: skip


@dataclass(slots=True)
class Metadata:
    """What the page says of itself. Nobody has checked it."""

    authors: list[tuple[str, str]] = field(default_factory=list)
    """(name, the role as the page puts it)."""
    dates: list[str] = field(default_factory=list)
    """Lines with a date, as they stand."""
    media: list[str] = field(default_factory=list)
    """Pictures and films that are not there any more."""
    latest_year: int = 0


def read_metadata(blocks: Iterable[Block]) -> Metadata:
    """From the lines that were dropped as bylines, dates and residue of pictures."""
    found = Metadata()
    for block in blocks:
        if block.label is not Label.BOILERPLATE:
            continue
        if block.kind == "byline":
            _byline(block.text, found)
        elif block.kind == "media" and block.words >= 2:
            found.media.append(block.text)
        if block.kind in ("date", "byline") and DATE.search(block.text):
            found.dates.append(block.text)
            years = [int(year) for year in re.findall(r"(?:19|20)\d\d", block.text)]
            found.latest_year = max([found.latest_year, *years])
    return found


def _byline(text: str, found: Metadata) -> None:
    match = furniture().look_up(text, min(len(text.split()), 16))
    role, colon, name = (
        (part.strip() for part in re.split(r"([:：])", text, maxsplit=1)) if re.search(r"[:：]", text) else ("", "", "")
    )
    if not colon and match is not None and match.kind == "byline" and match.how == "starts":
        role, name = text[: len(match.phrase)].strip(), text[len(match.phrase) :].strip()
    elif not colon:
        role, name = "", text
    name = re.split(r"\s+[|•·]\s+", DATE.sub("", name))[0].strip(" ,;|-–—")
    if name and re.search(r"[^\W\d_]", name) and len(name) <= 120:
        found.authors.append((name, role))


def is_reviewer(role: str) -> bool:
    """Whether a role is one of somebody who checked, not wrote."""
    folded = role.casefold()
    return any(part in folded for part in _EDITORS)
