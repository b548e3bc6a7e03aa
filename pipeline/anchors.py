"""Identifiers of headings, which links lead to."""

from __future__ import annotations

import re

from pipeline.model import Article


def heading_ids(source: Article) -> tuple[str, ...]:
    """An identifier for each heading of the body, from the source text: the same in every language."""
    ids: list[str] = []
    for segment in source.segments:
        if segment.kind != "heading":
            continue
        written = re.match(r"\s*\{[^{}]*#([\w-]+)", source.text[segment.end :].split("\n", 1)[0])
        plain = re.sub(r"\]\([^)]*\)|[^\w\s-]", "", segment.text.lower())
        slug = written[1] if written else "-".join(plain.split()) or "section"
        number = 1
        while (unique := slug if number == 1 else f"{slug}-{number}") in ids:
            number += 1
        ids.append(unique)
    return tuple(ids)
