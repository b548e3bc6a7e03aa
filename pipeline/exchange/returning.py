"""Takes back what translators sent: puts into the catalogues what fits, and leaves every other byte."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz, process

from pipeline import po
from pipeline.catalogue import DRAFTS_HEAD, KEPT, MACHINE_DRAFT, MACHINE_DRAFT_COMMENT, OFFER, parse_catalogue
from pipeline.checking import library_context
from pipeline.checks import TranslatedArticle, check_translation
from pipeline.exchange import po_file, xliff_file
from pipeline.exchange.judging import Judged, Options, judge
from pipeline.exchange.model import TAKEN, Outgoing, ReturnedFile, Unit
from pipeline.exchange.sending import original_of, outgoing_article
from pipeline.files import read_bytes, read_text, replace_text
from pipeline.findings import in_order
from pipeline.language import known_languages
from pipeline.library import LIBRARY_CATALOGUE, Library
from pipeline.merging import FUZZY_CUTOFF
from pipeline.model import Finding, Lines, PlainleafError, Severity, State
from pipeline.translate import translate
from pipeline.updating import CAUTION, REUSED

_OF_A_TRANSLATION = (OFFER, KEPT, REUSED, CAUTION)
"""Beginnings of notes that speak of the translation, and not of the text."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one article in one language in one file."""

    path: Path
    article: str
    language: str
    catalogue: Path
    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...] = ()
    """Of severity error, on what was taken."""


@dataclass(slots=True)
class _Desk:
    """A catalogue as it will be, while files are gone through."""

    out: Outgoing
    path: Path
    text: str
    """Its text: first as on disk, or "" when there is none."""
    before: str | None
    """As it was read; None when there was none."""
    touched: set[str]
    """The msgids whose translation was taken."""


def take_back(library: Library, paths: Sequence[Path], options: Options, dry_run: bool) -> list[Taken]:
    """Judge the files and write the catalogues.

    Every file is read and judged before the first catalogue is written. Raises PlainleafError for a file that
    cannot be read, or whose article or languages are not the library's.
    """
    desks: dict[tuple[str, str], _Desk] = {}
    results: list[Taken] = []
    for path in paths:
        for returned in _read(path):
            language = _language(returned, library)
            key = (returned.article, language)
            if key not in desks:
                desks[key] = _desk(library, returned, language)
            desk = desks[key]
            judged = tuple(judge(returned, desk.out, options))
            results.append(Taken(path, returned.article, language, desk.path, judged))
            _apply(library, desk, judged)
    found = {key: tuple(_errors(library, *key, desk)) for key, desk in desks.items()}
    for desk in desks.values():
        if desk.touched and not dry_run:
            replace_text(desk.path, desk.before, desk.text)
    last = {(taken.article, taken.language): index for index, taken in enumerate(results)}
    return [
        replace(taken, findings=found[key]) if last[key := (taken.article, taken.language)] == index else taken
        for index, taken in enumerate(results)
    ]


def _read(path: Path) -> list[ReturnedFile]:
    content = read_bytes(path)
    suffix = path.suffix.lower()
    if suffix in (".po", ".pot"):
        return po_file.read(content, path)
    if suffix in (".xlf", ".xliff", ".xml"):
        return xliff_file.read(content, path)
    raise PlainleafError(f"{path}: give XLIFF 2 (.xlf, .xliff) or PO files (.po)")


def _language(returned: ReturnedFile, library: Library) -> str:
    """The library's code for the language of a file. Raises PlainleafError when it is not one of its languages."""
    found = {code.lower().replace("_", "-"): code for code in (*known_languages(), *library.settings.languages)}
    said = returned.language.lower().replace("_", "-")
    language = found.get(said) or found.get(said.split("-")[0], "")
    ours = library.settings.language
    known = library.settings.languages
    if language not in known:
        raise PlainleafError(
            f"{returned.path}: the file is in {returned.language}, and this library translates into "
            f"{', '.join(known) or 'no language'}"
        )
    if returned.source_language and returned.source_language.lower().split("-")[0] != ours.lower().split("_")[0]:
        raise PlainleafError(
            f"{returned.path}: the file translates from {returned.source_language}, and this library's articles "
            f"are in {ours}"
        )
    return language


def _desk(library: Library, returned: ReturnedFile, language: str) -> _Desk:
    article = returned.article
    known = {LIBRARY_CATALOGUE, *(library.article_id(path) for path in library.article_paths())}
    if article not in known:
        near = process.extractOne(article, sorted(known), scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF)
        hint = f"; is it {near[0]} now? Then correct the path in the file" if near else ""
        raise PlainleafError(f"{returned.path}: this library has no article {article}{hint}")
    original = original_of(library, article)
    path = library.catalogue_path(article, language)
    before = read_text(path) if path.is_file() else None
    return _Desk(outgoing_article(library, original, language, before), path, before or "", before, set())


def _apply(library: Library, desk: _Desk, judged: Sequence[Judged]) -> None:
    """Put what was taken into the catalogue's text."""
    taken = {item.source: item for item in judged if item.outcome in TAKEN}
    if not taken:
        return
    if not taken.keys() <= {entry.msgid for entry in po.parse(desk.text).entries if _is_message(entry)}:
        # The article has changed and nobody has run plainleaf extract since.
        out = desk.out
        desk.text = outgoing_article(library, out.original, out.language, desk.text or None).catalogue
    file = po.parse(desk.text)
    for entry in file.entries:
        if _is_message(entry) and entry.msgid in taken:
            put(entry, taken[entry.msgid].after, is_draft=taken[entry.msgid].is_draft)
    without_old_head(file)
    desk.text = file.render()
    desk.touched |= taken.keys()
    desk.out = replace(desk.out, units=tuple(_after(unit, taken) for unit in desk.out.units))


def without_old_head(file: po.PoFile) -> None:
    """Take away what a catalogue of machine drafts begins with, when it has none any more."""
    if not any(is_draft_mark(line) for entry in file.entries for line in entry.lines):
        for entry in file.entries:
            entry.lines = [line for line in entry.lines if line.text not in DRAFTS_HEAD]


def _is_message(entry: po.Entry) -> bool:
    return bool(entry.msgid) and entry.is_plain and not entry.is_obsolete


def put(entry: po.Entry, text: str, *, is_draft: bool) -> None:
    """Put a translation in the place of the one that stands in a catalogue. is_draft: whether a machine made it."""
    entry.set_value("msgstr", text)
    entry.set_flags([flag for flag in entry.flags if flag != "fuzzy"])
    entry.set_previous("")
    # What was said of the translation that stood here says nothing of this one.
    entry.set_lines("extracted", [text for text in entry.extracted if not text.startswith(_OF_A_TRANSLATION)])
    is_marked = any(is_draft_mark(line) for line in entry.lines)
    if is_draft and not is_marked:
        entry.lines.insert(0, po.Line("translator", f"# {MACHINE_DRAFT_COMMENT}"))
    elif not is_draft and is_marked:
        entry.lines[:] = [line for line in entry.lines if not is_draft_mark(line)]


def is_draft_mark(line: po.Line) -> bool:
    """Whether a line of an entry says that a machine made its translation."""
    return line.kind == "translator" and line.text.removeprefix("#").lstrip().startswith(MACHINE_DRAFT)


def _after(unit: Unit, taken: dict[str, Judged]) -> Unit:
    item = taken.get(unit.source)
    if not item:
        return unit
    state = State.DRAFT if item.is_draft else State.TRANSLATED
    return replace(unit, text=item.after, state=state, is_signed=False)


def _errors(library: Library, article_id: str, language: str, desk: _Desk) -> Iterator[Finding]:
    """What the checks hold against the texts that were taken."""
    if not desk.touched or article_id == LIBRARY_CATALOGUE:
        return
    article = library.read(library.source / f"{article_id}.md")
    text = desk.text
    catalogue = parse_catalogue(text, desk.path)
    item = TranslatedArticle(article, translate(article, catalogue, language), desk.path, Lines(text))
    spans = [item.span(t) for t in item.translated.translations if t.segment.text in desk.touched]
    for found in in_order(check_translation(item, library_context(library, [article]))):
        if found.severity is Severity.ERROR and any(start <= found.start <= end for start, end in spans):
            yield found
