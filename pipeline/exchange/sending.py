"""Gathers what goes out to translators: every text of an article with what stands for it now."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pipeline import po
from pipeline.catalogue import state_of
from pipeline.exchange import po_file, xliff
from pipeline.exchange.model import Original, Outgoing, Unit
from pipeline.files import read_text
from pipeline.glossary import Term, find_terms
from pipeline.inline import PLAIN_KINDS
from pipeline.language import load_language
from pipeline.library import LIBRARY_CATALOGUE, SETTINGS_FILE, Library
from pipeline.merging import Rules
from pipeline.model import PRINTABLE, State
from pipeline.notes import notes_for
from pipeline.signatures import pair_digest, read_signatures
from pipeline.updating import updated

SUFFIXES = {"xliff": "xlf", "po": "po"}
_ROOM = re.compile(r"length: at most (\d+) characters")
_NO_MARKUP = (*PLAIN_KINDS, "topic")


def outgoing(library: Library, articles: Collection[str] | None, languages: Sequence[str]) -> Iterator[Outgoing]:
    """Each chosen article in each language as it goes out; with it the library's own texts when all articles do.

    articles: ids; None for all. Nothing is written. Raises PlainleafError for a broken catalogue or article.
    """
    for article in [LIBRARY_CATALOGUE, *(library.article_id(path) for path in library.article_paths())]:
        if articles is None or article in articles:
            original = original_of(library, article)
            for language in languages:
                yield outgoing_article(library, original, language)


def original_of(library: Library, article: str) -> Original:
    """An article, or the library's own texts. Raises PlainleafError when the article cannot be read."""
    if article == LIBRARY_CATALOGUE:
        return Original(article, SETTINGS_FILE.as_posix(), library.own_segments())
    return Original(article, f"source/{article}.md", library.read(library.source / f"{article}.md").segments)


def outgoing_article(library: Library, original: Original, language: str, before: str | None = None) -> Outgoing:
    """One article in one language as it goes out.

    before: the text of the catalogue, when it is not the one on disk. Raises PlainleafError for a broken catalogue.
    """
    load_language(language)
    path = library.catalogue_path(original.article, language)
    if before is None and path.is_file():
        before = read_text(path)
    rules = Rules(library.settings.language, notes_for(language))
    content, _ = updated(before, path, original.segments, language, original.path, rules=rules)
    signed = _signed(library, original.article, language)
    kinds: dict[str, set[str]] = {}
    for segment in original.segments:
        kinds.setdefault(segment.text, set()).add(segment.kind)
    terms = library.glossary()
    units = tuple(
        _unit(entry, kinds[entry.msgid], signed, language, tuple(_of_terms(terms, entry.msgid, language)))
        for entry in po.parse(content).entries
        if entry.msgid in kinds and entry.is_plain and not entry.is_obsolete
    )
    return Outgoing(original, library.settings.language, language, units, content)


def _signed(library: Library, article: str, language: str) -> frozenset[str]:
    """Digests of the pairs of source and translation that are signed in every role that the library wants."""
    by_role: dict[str, set[str]] = {role: set() for role in library.settings.signatures}
    for signature in read_signatures(library.signatures_path(article, language)):
        by_role.setdefault(signature.role.value, set()).update(signature.segments)
    return frozenset(set.intersection(*(by_role[role] for role in library.settings.signatures)))


def _is_signed(source: str, text: str, state: State, language: str, signed: Collection[str]) -> bool:
    """Whether this translation of this text is signed."""
    return state in PRINTABLE and pair_digest(language, source, text) in signed


def content(out: Outgoing, file_format: str) -> str:
    """The text of the file that goes out. file_format: xliff or po."""
    return xliff.render(out) if file_format == "xliff" else po_file.render(out)


def _of_terms(terms: Sequence[Term], text: str, language: str) -> Iterator[str]:
    """What the glossary says to translators of the terms in a text."""
    for term in {term.name: term for _, _, term in find_terms(terms, text)}.values():
        known = term.translation(language)
        if term.do_not_translate:
            yield f"glossary: {term.name} stays as it is"
        elif known:
            yield f"glossary: {term.name} = {known}"
        if term.note:
            yield f"glossary: {term.name}: {' '.join(term.note.split())}"


def _unit(
    entry: po.Entry, kinds: Collection[str], signed: Collection[str], language: str, told: tuple[str, ...]
) -> Unit:
    state = state_of(entry)
    return Unit(
        source=entry.msgid,
        text=entry.msgstr,
        state=state,
        is_signed=_is_signed(entry.msgid, entry.msgstr, state, language, signed),
        is_plain=all(kind in _NO_MARKUP for kind in kinds),
        notes=(*entry.extracted, *told),
        previous=entry.previous_msgid,
        limit=_limit(entry),
    )


def _limit(entry: po.Entry) -> int:
    """The most characters that the layout has room for, as the catalogue's note says it; 0 for no limit."""
    return next((int(match[1]) for text in entry.extracted for match in [_ROOM.match(text)] if match), 0)
