"""Signatures for translations."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from pipeline import report
from pipeline.checking import translated_article
from pipeline.checks import TranslatedArticle
from pipeline.commands._shared import FINDINGS, GOOD, changing, count, is_coloured, the_library
from pipeline.language import PSEUDO, load_language
from pipeline.library import SETTINGS_FILE, Library
from pipeline.model import PlainleafError, Role, Signature, State, Translation
from pipeline.signatures import INTERFACE
from pipeline.signing import (
    Signable,
    in_the_way,
    plan_signing,
    signable_article,
    signable_interface,
    signer,
    withdraw,
    write_signing,
)

SHOWN = 20
"""Segments that are shown of a long list."""


def run(arguments: argparse.Namespace) -> int:
    """Sign, withdraw, or show."""
    library = the_library(arguments)
    language = arguments.language
    load_language(language)
    if language in PSEUDO:
        raise PlainleafError(f"--language: {language} is a pseudo-language: there is nothing to sign")
    if language not in library.settings.languages:
        raise PlainleafError(f"--language: {language} is not among the languages in {library.root / SETTINGS_FILE}")
    with changing(library, is_dry_run=arguments.dry_run or not arguments.role):
        return _run(library, arguments)


def _run(library: Library, arguments: argparse.Namespace) -> int:
    language = arguments.language
    item = None if arguments.article == INTERFACE else _translation(library, arguments.article, language)
    signable = signable_article(library, item) if item else signable_interface(library, language)
    if arguments.withdraw:
        return _withdraw(signable, arguments)
    if not arguments.role:
        return _show(signable, library)
    person = _signer(arguments)
    if item and _has_errors(library, item):
        return FINDINGS
    signing = plan_signing(signable, person, arguments.changed_only)
    for translation in signing.signed[:SHOWN] if arguments.dry_run else ():
        _print_pair(translation)
    what = f"{count(len(signing.signed), 'segment')} of {signable.name} ({language})"
    if arguments.dry_run:
        print(f"{person.name} would sign {what} as {person.role.value}.\nDry run: nothing was written.")
        return GOOD
    write_signing(signing)
    print(f"{person.name} has signed {what} as {person.role.value}: {signable.record}")
    _tell_what_is_left(library, signable)
    return GOOD


def _translation(library: Library, name: str, language: str) -> TranslatedArticle:
    ids = {library.article_id(path): path for path in library.article_paths()}
    wanted = name.removeprefix("source/").removesuffix(".md")
    if wanted not in ids:
        raise PlainleafError(f"{name}: no such article; there are {', '.join(ids)}, and {INTERFACE}")
    item = translated_article(library, library.read(ids[wanted]), language)
    if item is None:
        path = library.catalogue_path(wanted, language)
        raise PlainleafError(f"{path}: no such catalogue; make it with: plainleaf extract --language {language}")
    return item


def _signer(arguments: argparse.Namespace) -> Signature:
    a = arguments
    return signer(a.role, a.name or "", a.credential or "", method=a.method, day=a.date, named="--{}".format)


def _has_errors(library: Library, item: TranslatedArticle) -> bool:
    """Print the errors that stand in what would be signed. A stale segment is not: readers do not see it."""
    findings = in_the_way(library, item)
    if findings:
        print(report.findings_text(findings, colour=is_coloured()))
        print(f"\nNot signed: {count(len(findings), 'finding')} of severity error. Mend the translation, or where")
        print("the check is wrong write above the message: # plainleaf: ignore CHECK -- the reason")
    return bool(findings)


def _withdraw(signable: Signable, arguments: argparse.Namespace) -> int:
    if not arguments.role:
        raise PlainleafError("--withdraw needs --as translator or --as checker")
    role = Role(arguments.role)
    if arguments.dry_run:
        gone: Sequence[Signature] = [s for s in signable.signatures if s.role is role]
    else:
        gone = withdraw(signable, role)
    for signature in gone:
        print(f"{'would withdraw' if arguments.dry_run else 'withdrawn'}: {_told(signature)}")
    if not gone:
        print(f"{signable.name} ({signable.language}): nobody has signed as {role.value}")
    return GOOD


def _show(signable: Signable, library: Library) -> int:
    for signature in signable.signatures:
        print(_told(signature))
    sign_off = signable.sign_off(library.settings.signatures)
    print(f"{signable.name} ({signable.language}): {sign_off.state}")
    for role, left in sign_off.unsigned:
        if left:
            print(f"\n{count(len(left), 'segment')} of {len(signable.translations)} no {role.value} has signed:")
            for translation in left[:SHOWN]:
                _print_pair(translation)
            if len(left) > SHOWN:
                print(f"  ... and {len(left) - SHOWN} more")
    return GOOD


def _tell_what_is_left(library: Library, signable: Signable) -> None:
    # Read again: what was written is what counts.
    fresh = Signable(signable.name, signable.language, signable.record, signable.translations, signable.catalogue)
    for role, left in fresh.sign_off(library.settings.signatures).unsigned:
        if left:
            print(f"{count(len(left), 'segment')} {'waits' if len(left) == 1 else 'wait'} for a {role.value}.")
    unseen = sum(t.state in (State.MISSING, State.FUZZY) for t in signable.translations)
    if unseen:
        print(f"{count(unseen, 'segment')} missing or fuzzy: readers see the source text there; not signed.")


def _told(signature: Signature) -> str:
    s = signature
    how = f", {s.method}" if s.method else ""
    who = f"{s.role.value}: {s.name}, {s.credential}, {s.date.isoformat()}"
    return f"{who}{how}; {count(len(s.segments), 'segment')}"


def _print_pair(translation: Translation) -> None:
    print(f"  {translation.segment.text}\n    = {translation.text}")
