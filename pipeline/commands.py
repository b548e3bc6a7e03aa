"""What each command does: find the library, call the pipeline, print the result, give the exit status."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline import dictionaries, extracting, report, scaffold
from pipeline.checking import Checked, check_paths, own_words
from pipeline.fixing import plan_fixes, write_fixes
from pipeline.language import load_language
from pipeline.library import SETTINGS_FILE, WORD_LIST, Library, find_library, open_library, stray_files
from pipeline.model import Finding, PlainleafError, Severity, State
from pipeline.wordlist import add_words, doubts

GOOD, FINDINGS, WRONG = 0, 1, 2


def init(arguments: argparse.Namespace) -> int:
    """A new library with one example article."""
    for path in scaffold.create(arguments.folder):
        print(f"wrote {path}")
    print(
        "Build it with: plainleaf " + (f"--library {arguments.folder} " if arguments.folder != Path() else "") + "build"
    )
    return GOOD


def check(arguments: argparse.Namespace) -> int:
    """Findings on articles and translations."""
    library = _find(arguments) if arguments.paths else _library(arguments)
    if arguments.dry_run and not arguments.fix:
        raise PlainleafError("--dry-run goes with --fix: a check changes nothing")
    checked = check_paths(arguments.paths or [library.source] if library else arguments.paths, library)
    if arguments.fix:
        return _fix(checked, arguments.dry_run)
    if arguments.format == "text":
        text = report.text(checked.findings, colour=_is_coloured(), explain=True)
        what = f"{_count(checked.articles, 'article')}, {_count(checked.translations, 'translation')}"
        print("\n\n".join(part for part in (text, report.summary(checked.findings, what)) if part))
    elif arguments.format == "json":
        print(report.json_findings(checked.findings))
    elif arguments.format == "sarif":
        print(report.sarif(checked.findings))
    elif checked.findings:
        print(report.github(checked.findings))
    if arguments.format == "text" and library:
        _tell_what_is_not_checked(library)
    return _status(checked.findings, checked.errors)


def _tell_what_is_not_checked(library: Library) -> None:
    for path in stray_files(library):
        print(f"plainleaf: {path} is no article: articles stand in source/<topic>/ and end in .md", file=sys.stderr)
    for language in library.settings.languages:
        reason = dictionaries.missing(language)
        if reason:
            print(f"plainleaf: {reason}", file=sys.stderr)


def _fix(checked: Checked, is_dry_run: bool) -> int:
    """Apply the sure corrections, or show them; then tell what is left."""
    fixes = list(plan_fixes(checked.findings))
    for fixed in fixes:
        print(fixed.diff() if is_dry_run else f"{fixed.path}: {_count(len(fixed.findings), 'correction')}")
    if not is_dry_run:
        write_fixes(fixes)
    done = {finding for fixed in fixes for finding in fixed.findings}
    left = [finding for finding in checked.findings if finding not in done]
    print(report.summary(left, f"{_count(len(done), 'sure correction')} {'found' if is_dry_run else 'made'}; left"))
    if is_dry_run:
        print("Dry run: nothing was written.")
        return _status(checked.findings, checked.errors)
    return _status(left, checked.errors)


def words(arguments: argparse.Namespace) -> int:
    """Add to the library's own vocabulary."""
    library = _library(arguments)
    refused = False
    accepted = []
    for word in arguments.words:
        doubt = "" if arguments.force else doubts(word, library.settings.spelling, own_words(library.root))
        if doubt:
            refused = True
            print(f'plainleaf: "{word}" is not added: {doubt}; add it all the same with --force', file=sys.stderr)
        else:
            accepted.append(word)
    for word in add_words(library.root, accepted, arguments.comment):
        print(f"added {word} to {library.root / WORD_LIST}")
    return WRONG if refused else GOOD


def extract(arguments: argparse.Namespace) -> int:
    """Create and update the catalogues."""
    library = _library(arguments)
    articles = [library.read(path) for path in library.article_paths()]
    languages = _languages(arguments, library.settings.languages)
    source = library.settings.language
    if source in languages:
        raise PlainleafError(f"{source} is the language of the articles: there is nothing to translate into it")
    if not languages:
        raise PlainleafError("no languages: name one with --language, or list them in source/library.toml")
    done = extracting.extract(library, articles, languages, arguments.dry_run)
    print(report.extractions(done, _width()))
    for language in languages:
        if language not in library.settings.languages:
            print(f'Add "{language}" to languages in {library.source / "library.toml"} to build it.')
    if arguments.dry_run:
        print("Dry run: nothing was written.")
    return GOOD


def status(arguments: argparse.Namespace) -> int:
    """A table: language by article."""
    library = _library(arguments)
    articles = [library.read(path) for path in library.article_paths()]
    languages = _known_languages(arguments, library)
    rows = [row for row in extracting.standings(library, articles) if row.language in languages]
    if arguments.format == "json":
        print(json.dumps([dataclasses.asdict(row) for row in rows], indent=1, ensure_ascii=False))
    elif rows:
        print(report.standings(rows, _width()))
    else:
        print("No translations: this library names no target languages in source/library.toml.")
    return GOOD


def build(arguments: argparse.Namespace) -> int:
    """Everything in dist/."""
    # The formats take a moment to load; the other commands do not need them.
    from pipeline import run  # noqa: PLC0415
    from pipeline.executors import local_executor  # noqa: PLC0415

    library = _library(arguments)
    selection = run.Selection(
        _article_ids(arguments.paths, library) if arguments.paths else None,
        _known_languages(arguments, library),
        _formats(arguments, library),
    )
    if arguments.dry_run:
        for path in run.plan(library, selection):
            print(path)
        print("Dry run: nothing was written.")
        return GOOD
    started = time.monotonic()
    with report.Progress("leaflets") as progress, local_executor(arguments.jobs or _cores()) as executor:
        made = run.build(library, selection, executor, progress.step)
    errors = [f for f in made.findings if f.severity is Severity.ERROR]
    if errors:
        print(report.text(errors, colour=_is_coloured()) + "\n", file=sys.stderr)
    drafts = Counter(
        e.language
        for e in made.editions
        if e.translated
        and e.translated.count(State.DRAFT)
        and any(o.article == e.source.id and o.language == e.language for o in made.outputs)
    )
    print(report.outputs(made.outputs, drafts, library.languages, _width()))
    print()
    print(report.summary(made.findings, f"{_count(len(made.outputs), 'file')} in {time.monotonic() - started:.1f} s"))
    for path in stray_files(library):
        print(f"plainleaf: {path} is not built: articles stand in source/<topic>/ and end in .md", file=sys.stderr)
    if len(errors) < len(made.findings):
        print("For all findings: plainleaf check")
    print(f"Open {library.root / 'dist' / 'index.html'}")
    return _status(made.findings, made.errors)


def _find(arguments: argparse.Namespace) -> Library | None:
    return open_library(arguments.library) if arguments.library else find_library(Path.cwd())


def _library(arguments: argparse.Namespace) -> Library:
    library = _find(arguments)
    if library is None:
        raise PlainleafError(
            "no library here: there is no source/library.toml in this folder or above it. "
            "Use --library DIR, or make a library with: plainleaf init"
        )
    return library


def _languages(arguments: argparse.Namespace, default: Sequence[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(arguments.language or default))
    for code in chosen:
        load_language(code)
    return chosen


def _known_languages(arguments: argparse.Namespace, library: Library) -> tuple[str, ...]:
    chosen = _languages(arguments, library.languages)
    for code in chosen:
        if code not in library.languages:
            raise PlainleafError(
                f"--language: {code} is not among the languages in {library.root / SETTINGS_FILE}: "
                f"{', '.join(library.languages)}"
            )
    return chosen


def _formats(arguments: argparse.Namespace, library: Library) -> tuple[str, ...]:
    from pipeline.formats.table import FORMATS  # noqa: PLC0415

    if arguments.to is None:
        return library.settings.formats
    names = tuple(dict.fromkeys(name.strip().lower() for name in arguments.to.split(",") if name.strip()))
    for name in names:
        if name not in FORMATS:
            raise PlainleafError(f"--to: no format {name!r}; known are {', '.join(FORMATS)}")
    if not names:
        raise PlainleafError(f"--to: name a format: {', '.join(FORMATS)}")
    return names


def _article_ids(paths: Sequence[Path], library: Library) -> frozenset[str]:
    known = {p.resolve(): library.article_id(p) for p in library.article_paths()}
    chosen: set[str] = set()
    for path in paths:
        resolved = path.resolve()
        found = {name for p, name in known.items() if p == resolved or p.is_relative_to(resolved)}
        if not found:
            raise PlainleafError(f"{path}: no article of the library {library.root} is there")
        chosen |= found
    return frozenset(chosen)


def _status(findings: Sequence[Finding], errors: Sequence[PlainleafError]) -> int:
    for error in errors:
        print(f"plainleaf: {error}", file=sys.stderr)
    if errors:
        return WRONG
    return FINDINGS if any(f.severity is Severity.ERROR for f in findings) else GOOD


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _width() -> int:
    # Other programs read what is no terminal: give every line its full length there.
    return max(80, shutil.get_terminal_size().columns) if sys.stdout.isatty() else 200


def _is_coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
