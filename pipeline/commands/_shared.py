"""What the commands have in common: the library in hand, what was chosen, and the exit status."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from pipeline.folders import look_over
from pipeline.language import PSEUDO, load_language
from pipeline.library import SETTINGS_FILE, Library, find_library, open_library
from pipeline.locking import locked
from pipeline.model import Finding, PlainleafError, Severity

GOOD, FINDINGS, WRONG = 0, 1, 2
"""Exit statuses: all well; findings of severity error; wrong use or broken input."""


def find(arguments: argparse.Namespace) -> Library | None:
    library = open_library(arguments.library) if arguments.library else find_library(Path.cwd())
    if library:
        look_over(library.root)
    return library


def the_library(arguments: argparse.Namespace) -> Library:
    library = find(arguments)
    if library is None:
        raise PlainleafError(
            "no library here: there is no source/library.toml in this folder or above it. "
            "Use --library DIR, or make a library with: plainleaf init"
        )
    return library


def languages_of(arguments: argparse.Namespace, default: Sequence[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(arguments.language or default))
    for code in chosen:
        load_language(code)
    return chosen


def known_languages(arguments: argparse.Namespace, library: Library) -> tuple[str, ...]:
    chosen = languages_of(arguments, library.languages)
    for code in chosen:
        if code not in library.languages:
            raise PlainleafError(
                f"--language: {code} is not among the languages in {library.root / SETTINGS_FILE}: "
                f"{', '.join(library.languages)}"
            )
    return chosen


def to_translate(arguments: argparse.Namespace, library: Library) -> tuple[str, ...]:
    """The chosen languages, or the library's, that translators work on."""
    for code in arguments.language or ():
        if code in PSEUDO:
            raise PlainleafError(f"--language: {code} is a pseudo-language: build makes it up, nobody translates it")
    return tuple(code for code in languages_of(arguments, library.settings.languages) if code not in PSEUDO)


def with_pseudo(library: Library, languages: Sequence[str] | None, is_release: bool) -> Library:
    """The library with the pseudo-languages among these added to its own; for a release, with none at all."""
    asked = [code for code in dict.fromkeys(languages or ()) if code in PSEUDO]
    if asked and is_release:
        raise PlainleafError(f"--language: {asked[0]} is a pseudo-language, and those are never released")
    own = library.settings.languages
    wanted = tuple(code for code in own if not (is_release and code in PSEUDO))
    wanted += tuple(code for code in asked if code not in own)
    return library if wanted == own else replace(library, settings=replace(library.settings, languages=wanted))


def formats_of(arguments: argparse.Namespace, library: Library) -> tuple[str, ...]:
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


def article_ids(paths: Sequence[Path], library: Library) -> frozenset[str]:
    known = {p.resolve(): library.article_id(p) for p in library.article_paths()}
    chosen: set[str] = set()
    for path in paths:
        resolved = path.resolve()
        found = {name for p, name in known.items() if p == resolved or p.is_relative_to(resolved)}
        if not found:
            raise PlainleafError(f"{path}: no article of the library {library.root} is there")
        chosen |= found
    return frozenset(chosen)


def exit_status(findings: Sequence[Finding], errors: Sequence[PlainleafError]) -> int:
    for error in errors:
        print(f"plainleaf: {error}", file=sys.stderr)
    if errors:
        return WRONG
    return FINDINGS if any(f.severity is Severity.ERROR for f in findings) else GOOD


def count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def width() -> int:
    # Other programs read what is no terminal: give every line its full length there.
    return max(80, shutil.get_terminal_size().columns) if sys.stdout.isatty() else 200


def is_coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def changing(library: Library, is_dry_run: bool) -> AbstractContextManager[None]:
    """For what changes files of a library: one command at a time. Raises PlainleafError on entering."""
    return nullcontext() if is_dry_run else locked(library.root)
