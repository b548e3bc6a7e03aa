"""What changed since a release, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.language import load_language
from pipeline.report.tables import table, table_text

if TYPE_CHECKING:
    from pipeline.changes import Change, LeafletChange


def render(leaflets: Sequence[LeafletChange], width: int) -> str:
    """A table of the leaflets by code, then each article's changes, segment by segment."""
    listed = table("Code", "Article", "Language", "Version", "Advice", "Why")
    for leaflet in leaflets:
        name = load_language(leaflet.language).english_name + ("" if leaflet.was_signed else " (unsigned then)")
        listed.add_row(
            leaflet.code, leaflet.article, name, leaflet.version or "-", leaflet.advice.value, leaflet.reason
        )
    parts = [table_text(listed, width)]
    for leaflet in leaflets:
        if leaflet.changes:
            parts.append(f"\n{leaflet.article} ({leaflet.language})")
            parts += [_change(change) for change in leaflet.changes]
    same = sorted({leaflet.article for leaflet in leaflets if leaflet.keeps_version and leaflet.changes})
    if same:
        parts.append(
            "\nRaise the version in the front matter, so that the new leaflets have codes of their own: "
            + ", ".join(same)
        )
    return "\n".join(parts)


def _change(change: Change) -> str:
    lines = [f"  {change.place}" + (f": {change.reason}" if change.reason else "")]
    lines += [f"    {mark} {text}" for mark, text in (("-", change.before), ("+", change.after)) if text]
    return "\n".join(lines)
