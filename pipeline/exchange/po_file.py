"""PO files for translators: the catalogue itself, with a line in each message that says what went out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline import po
from pipeline.catalogue import MACHINE_DRAFT
from pipeline.exchange.model import Outgoing, Returned, ReturnedFile
from pipeline.files import decode
from pipeline.model import PlainleafError

_EXPORTED = "exported:"
"""An extracted comment, since tools for translators keep those: "#. exported: 0123456789abcdef"."""
_SIGNED = "Signed: not to be changed."
_ARTICLE = re.compile(r"(?:^|/)source/(.+?)\.(?:md|toml)(?::\d+)?$")


def render(outgoing: Outgoing) -> str:
    """The text of the catalogue with the notes of each unit. Obsolete messages stay at home."""
    units = {unit.source: unit for unit in outgoing.units}
    file = po.parse(outgoing.catalogue)
    file.entries = [entry for entry in file.entries if not entry.is_obsolete]
    for entry in file.entries:
        unit = units.get(entry.msgid) if entry.msgid and entry.is_plain else None
        if unit:
            signed = [_SIGNED] if unit.is_signed else []
            entry.set_lines("extracted", [*unit.notes, *signed, f"{_EXPORTED} {unit.exported}"])
    return file.render()


def read(content: bytes, path: Path) -> list[ReturnedFile]:
    """The articles in a PO file that came back. Raises PlainleafError when it is broken or does not say whose it is."""
    try:
        file = po.parse(decode(content, path))
    except po.PoError as error:
        raise PlainleafError(f"{path}:{error.line}: not a valid PO file; ask for it again") from None
    header = next((e for e in file.entries if e.is_message and not e.msgid), None)
    fields = dict(_fields(header.msgstr)) if header else {}
    language = fields.get("language", "")
    if not language:
        raise PlainleafError(f'{path}: the header names no language: write the line "Language: es\\n", say, into it')
    charset = re.search(r"charset=([\w-]+)", fields.get("content-type", ""))
    if charset and charset[1].lower() not in ("utf-8", "utf8", "charset"):
        raise PlainleafError(f"{path}: the file is in {charset[1]}: save it as UTF-8")
    named = _ARTICLE.search(fields.get("project-id-version", ""))
    by_article: dict[str, list[Returned]] = {}
    for entry in file.entries:
        if entry.msgid and entry.is_plain and not entry.is_obsolete:
            place = next((m for text in entry.references for m in [_ARTICLE.search(text)] if m), named)
            if not place:
                raise PlainleafError(
                    f"{path}:{entry.number}: nothing says which article this belongs to: "
                    'write "Project-Id-Version: source/TOPIC/ARTICLE.md\\n" into the header'
                )
            by_article.setdefault(place[1], []).append(_returned(entry))
    return [ReturnedFile(path, article, "", language, tuple(found)) for article, found in by_article.items()]


def _fields(header: str) -> Iterator[tuple[str, str]]:
    for line in header.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def _returned(entry: po.Entry) -> Returned:
    exported = next((t.removeprefix(_EXPORTED).strip() for t in entry.extracted if t.startswith(_EXPORTED)), "")
    is_machine_made = bool(re.search(rf"^{MACHINE_DRAFT}\b", entry.comment, re.MULTILINE))
    return Returned(
        source=entry.msgid,
        text=entry.msgstr,
        line=entry.number,
        is_finished="fuzzy" not in entry.flags,
        is_machine_made=is_machine_made,
        is_locked=_SIGNED in entry.extracted,
        exported=exported,
        remarks=tuple(t for t in entry.comment.split("\n") if t and not t.startswith(MACHINE_DRAFT)),
    )
