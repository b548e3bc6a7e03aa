"""What translators are told about a message, in its extracted comments (#. lines)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from pipeline.glossary import Term, find_terms
from pipeline.language import load_language
from pipeline.lengths import limit
from pipeline.merging import plain_notes
from pipeline.model import Segment
from pipeline.prose import mask

TermsIn = Callable[[str], tuple[Term, ...]]
"""From a source text to the terms of the glossary that occur in it, each once."""


def terms_in(glossary: Sequence[Term]) -> TermsIn:
    """Finds the terms of a glossary; a text is searched once, whatever the number of languages."""

    @cache
    def find(text: str) -> tuple[Term, ...]:
        found = {term.name: term for _, _, term in find_terms(glossary, mask(text))}
        return tuple(found.values())

    return find if glossary else lambda _: ()


def notes_for(language: str, terms: TermsIn = lambda _: ()) -> Callable[[Segment], list[str]]:
    """Gives the comments of a segment for the translators of a language.

    Its headings and its kind; what the author says of it; how long it may be; what the glossary calls its terms. No
    line numbers: they would change with every line that is added above.
    """
    is_wide = load_language(language).script in ("Hans", "Hant", "Jpan", "Kore")

    def notes(segment: Segment) -> list[str]:
        found = plain_notes(segment)
        room = limit(segment)
        if room:
            most = room.most // 2 if is_wide else room.most
            found.append(f"length: at most {most} characters: {room.why}")
        said = "; ".join(_said(terms(segment.text), language))
        return [*found, f"glossary: {said}"] if said else found

    return notes


def _said(terms: Sequence[Term], language: str) -> Iterator[str]:
    """What the glossary says of each term, where it says something."""
    for term in terms:
        note = f" ({term.note.strip().rstrip('.')})" if term.note.strip() else ""
        if term.do_not_translate:
            yield f"{term.name} stays as it is{note}"
        elif word := term.translation(language):
            yield f"{term.name} = {word}{note}"
        elif note:
            yield f"{term.name}{note}"
