"""What changed since the last release, for the pages of the report."""

from __future__ import annotations

from pathlib import PurePosixPath

from pipeline.changes import changed_leaflets
from pipeline.desk import Words, gettext_noop
from pipeline.history import changed_files, last_tag, library_at
from pipeline.library import Library
from pipeline.model import PlainleafError
from pipeline.overview.making import Release

_NO_GIT = gettext_noop("the library is not in a Git repository, so nothing is known of earlier states")


def last_release(library: Library, revision: str | None, words: Words, errors: list[PlainleafError]) -> Release:
    """What changed since a revision, or since the last tag where none is named.

    What cannot be read of the older state is added to the errors. Raises PlainleafError for a revision that is named
    and not there.
    """
    if not revision:
        try:
            revision = last_tag(library)
        except PlainleafError as error:
            return Release("", words.say(str(error)), {})
        if not revision:
            note = words.say("There is no release yet: no tag in the Git history. Name a revision with --release.")
            return Release("", note, {})
        try:
            return _release(library, revision, errors)
        except PlainleafError as error:
            return Release("", str(error), {})
    return _release(library, revision, errors)


def _release(library: Library, revision: str, errors: list[PlainleafError]) -> Release:
    only = articles_of(changed_files(library, revision))
    with library_at(library, revision) as before:
        found = changed_leaflets(before, library, errors, only)
        return Release(revision, "", {(leaflet.article, leaflet.language): leaflet for leaflet in found})


def articles_of(paths: list[str]) -> set[str] | None:
    """The articles that these changed files of a library belong to; None where every article may have changed."""
    found: set[str] = set()
    for path in map(PurePosixPath, paths):
        if path.parts[0] == "source" and len(path.parts) == 3 and path.suffix == ".md":
            found.add("/".join(path.with_suffix("").parts[1:]))
        elif path.parts[0] == "translations" and len(path.parts) == 4:
            name = path.name.removesuffix(".signatures.toml").removesuffix(".po")
            found.add(f"{path.parts[2]}/{name}")
        elif path.parts[0] == "source" and path.name not in ("wordlist.txt", "glossary.toml"):
            return None
    return found
