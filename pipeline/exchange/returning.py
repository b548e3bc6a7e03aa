"""Takes back what translators sent: judges every text, and puts into the catalogues only what fits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz, process

from pipeline import po
from pipeline.catalogue import DRAFTS_HEAD, FUZZY_CUTOFF, MACHINE_DRAFT, MACHINE_DRAFT_COMMENT, parse_catalogue
from pipeline.checking import in_order, library_context
from pipeline.checks import TranslatedArticle, check_translation
from pipeline.exchange import po_file, xliff_file
from pipeline.exchange.model import TAKEN, Outcome, Outgoing, Returned, ReturnedFile, Unit, standing
from pipeline.exchange.sending import original_of, outgoing_article
from pipeline.files import read_bytes, read_text, write_whole
from pipeline.inline import codes, pieces, written
from pipeline.language import known_languages
from pipeline.library import LIBRARY_CATALOGUE, Library
from pipeline.model import PRINTABLE, Finding, Lines, PlainleafError, Severity, State
from pipeline.translate import translate

_LINE_END = re.compile(r"[ \t]*\r?\n[ \t]*")
"""In prose: a line that a tool has broken. Where a line must end, there is a code."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user allows."""

    is_forced: bool = False
    """Whether to take texts whose translation changed here meanwhile, or is signed."""
    is_finished: bool = False
    """Whether to take texts that the translator did not mark as translated."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One text that came back, and what became of it."""

    outcome: Outcome
    source: str
    before: str
    """The translation that stood here."""
    after: str
    """The one that came back."""
    line: int
    """In the file that came back."""
    reason: str = ""
    """For people: why it was refused."""
    is_draft: bool = False
    """Whether it lands as a machine's draft."""
    remarks: tuple[str, ...] = ()


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
    before: str | None
    """Its text on disk."""
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
            judged = tuple(_judge_all(returned, desk, options))
            results.append(Taken(path, returned.article, language, desk.path, judged))
            _apply(desk, judged)
    found = {key: tuple(_errors(library, *key, desk)) for key, desk in desks.items()}
    for desk in desks.values():
        if desk.touched and not dry_run:
            write_whole(desk.path, desk.out.catalogue.encode("utf-8"))
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
    return _Desk(outgoing_article(library, original, language, before), path, before, set())


def _judge_all(returned: ReturnedFile, desk: _Desk, options: Options) -> Iterator[Judged]:
    units = {unit.source: unit for unit in desk.out.units}
    ids = {unit.id for unit in desk.out.units}
    for entry in returned.entries:
        unit = units.get(entry.source)
        if entry.problem:
            yield Judged(Outcome.UNREADABLE, entry.source, "", "", entry.line, entry.problem)
        elif unit is None:
            yield _unknown(entry, ids, list(units))
        else:
            yield _judge(entry, unit, options)


def _unknown(entry: Returned, ids: Collection[str], texts: list[str]) -> Judged:
    """A text that the article does not hold."""
    if not entry.text.strip():
        return Judged(Outcome.UNTRANSLATED, entry.source, "", "", entry.line, remarks=entry.remarks)
    outcome = Outcome.SOURCE_ALTERED if entry.unit in ids else Outcome.SOURCE_CHANGED
    reason = "the source text in the file is not the one that was sent"
    if outcome is Outcome.SOURCE_CHANGED:
        near = process.extractOne(entry.source, texts, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF)
        reason = f'the article now says: "{near[0]}"' if near else "the article no longer holds this text"
    return Judged(outcome, entry.source, "", entry.text, entry.line, reason, remarks=entry.remarks)


def _judge(entry: Returned, unit: Unit, options: Options) -> Judged:
    text = _meant(entry, unit)
    before = unit.text if unit.state in PRINTABLE else ""
    judged = Judged(Outcome.UNCHANGED, unit.source, before, text, entry.line, "", entry.is_machine_made, entry.remarks)
    if not text.strip():
        return replace(judged, outcome=Outcome.UNTRANSLATED)
    if text == unit.text:
        is_better = unit.state is not State.TRANSLATED and entry.is_finished and not entry.is_machine_made
        return replace(judged, outcome=Outcome.CONFIRMED if is_better else Outcome.UNCHANGED)
    # The translator left it as it went out, and it has changed here since: ours is the newer.
    if unit.text and entry.exported and any(standing(text, state) == entry.exported for state in State):
        return judged
    outcome, reason = _misfit(entry, unit, text, options) or _clash(entry, unit, options) or (None, "")
    if outcome:
        return replace(judged, outcome=outcome, reason=reason)
    return replace(judged, outcome=Outcome.CHANGED if unit.state in PRINTABLE else Outcome.NEW)


def _misfit(entry: Returned, unit: Unit, text: str, options: Options) -> tuple[Outcome, str] | None:
    """Why a text cannot stand for its source, if so."""
    if not entry.is_finished and not options.is_finished:
        return Outcome.UNFINISHED, (
            "the file does not mark it as translated; if the translator says that it is, take it with --finished"
        )
    lost, added = _difference(unit, text)
    if lost or added:
        told = [lost and f"lost: {', '.join(lost)}", added and f"not in the source: {', '.join(added)}"]
        return Outcome.CODES, "; ".join(part for part in told if part)
    return None


def _clash(entry: Returned, unit: Unit, options: Options) -> tuple[Outcome, str] | None:
    """Why a text may not take the place of the one that stands here, if so."""
    if options.is_forced:
        return None
    if unit.is_signed or (entry.is_locked and unit.text):
        return Outcome.SIGNED, "it is signed; --force takes the new text, and voids the signature"
    if entry.exported and entry.exported != unit.exported:
        return Outcome.CONFLICT, "the translation has changed here since it was sent; --force takes the file's"
    if not entry.exported and unit.state is State.TRANSLATED:
        return Outcome.CONFLICT, "the file no longer says what was sent, so it may be older; --force takes the file's"
    return None


def _meant(entry: Returned, unit: Unit) -> str:
    """The translation as Markdown. What was typed beside codes is prose, whatever characters it has."""
    if not entry.parts or entry.text == unit.text:
        return entry.text
    parts = [(is_code, text if is_code else _LINE_END.sub(" ", text)) for is_code, text in entry.parts]
    joined = "".join(text for _, text in parts).strip()
    has_codes = any(is_code for is_code, _ in parts)
    if not has_codes and codes(pieces(unit.source, unit.is_plain)) and not any(_difference(unit, joined)):
        return joined  # The tool knew no codes, and the translator typed the Markdown out.
    return written(parts, unit.is_plain).strip()


def _difference(unit: Unit, text: str) -> tuple[list[str], list[str]]:
    """The codes that a translation lost and those that it added."""
    ours, theirs = codes(pieces(unit.source, unit.is_plain)), codes(pieces(text, unit.is_plain))
    shown = {code: f"{code.kind} {code.opening}{code.closing and '…' + code.closing}" for code in (*ours, *theirs)}
    return [shown[c] for c in (ours - theirs).elements()], [shown[c] for c in (theirs - ours).elements()]


def _apply(desk: _Desk, judged: Sequence[Judged]) -> None:
    """Put what was taken into the catalogue's text."""
    taken = {item.source: item for item in judged if item.outcome in TAKEN}
    if not taken:
        return
    file = po.parse(desk.out.catalogue)
    for entry in file.entries:
        if entry.msgid in taken and entry.is_plain and not entry.is_obsolete:
            _put(entry, taken[entry.msgid])
    if not any(_is_draft_mark(line) for entry in file.entries for line in entry.lines):
        for entry in file.entries:
            entry.lines = [line for line in entry.lines if line.text not in DRAFTS_HEAD]
    desk.touched |= taken.keys()
    units = tuple(_after(unit, taken) for unit in desk.out.units)
    desk.out = replace(desk.out, catalogue=file.render(), units=units)


def _put(entry: po.Entry, item: Judged) -> None:
    entry.set_value("msgstr", item.after)
    entry.set_flags([flag for flag in entry.flags if flag != "fuzzy"])
    entry.set_previous("")
    is_marked = any(_is_draft_mark(line) for line in entry.lines)
    if item.is_draft and not is_marked:
        entry.lines.insert(0, po.Line("translator", f"# {MACHINE_DRAFT_COMMENT}"))
    elif not item.is_draft and is_marked:
        entry.lines[:] = [line for line in entry.lines if not _is_draft_mark(line)]


def _is_draft_mark(line: po.Line) -> bool:
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
    text = desk.out.catalogue
    catalogue = parse_catalogue(text, desk.path)
    item = TranslatedArticle(article, translate(article, catalogue, language), desk.path, Lines(text))
    spans = [item.span(t) for t in item.translated.translations if t.segment.text in desk.touched]
    for found in in_order(check_translation(item, library_context(library, [article]))):
        if found.severity is Severity.ERROR and any(start <= found.start <= end for start, end in spans):
            yield found
