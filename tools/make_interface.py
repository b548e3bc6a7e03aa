"""Brings the catalogues of the outputs' own words up to date with the code, or with --check tells.

    python -m tools.make_interface [--check] [--desk] [LANGUAGE...]

A language that is named gets a catalogue if it has none yet: of what readers see, or with --desk of the pages for
editors.

The words for readers are the literals given to say(...) in pipeline/formats, and the tables of them there. Those for
editors are the literals given to say(...), words.count(...) and gettext_noop(...) in the packages of DESK, and the
rule and the reason of each check. What findings say, the templates given to say(...) and say_count(...) of
pipeline.messages, stands in catalogues of its own, in pipeline/desk/interface/findings.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.check_docs import documentation
from pipeline.checks import all_checks
from pipeline.desk.words import interface_folder
from pipeline.files import read_text, write_whole
from pipeline.formats import MACHINE_NOTICE, UNCHECKED_NOTICE
from pipeline.formats.article import LABELS
from pipeline.formats.brf import NOTICE
from pipeline.formats.html import DOWNLOADS
from pipeline.language import load_language
from pipeline.model import Segment
from pipeline.updating import updated
from tools import finding_messages
from tools.finding_messages import DESK

PACKAGE = Path(__file__).parent.parent / "pipeline"
_LITERAL = r'"((?:[^"\\]|\\.)*)"'
_NOOP = re.compile(rf"\bgettext_noop\(\s*{_LITERAL}")
_COUNT = re.compile(rf"\bcount\(\s*[^\"\n]*?,\s*{_LITERAL},\s*{_LITERAL}")
_SAY = re.compile(r'\bsay(?:_in)?\(\s*(?:choice,\s*)?"((?:[^"\\]|\\.)*)"')


def interface_texts() -> list[str]:
    """Every text that outputs add to an article, sorted."""
    found = {*LABELS, *DOWNLOADS.values(), MACHINE_NOTICE, UNCHECKED_NOTICE, NOTICE}
    for path in (PACKAGE / "formats").rglob("*"):
        if path.suffix in (".py", ".j2"):
            found.update(_SAY.findall(path.read_text(encoding="utf-8")))
    return sorted(found)


def desk_texts() -> list[str]:
    """Every text that pages for editors say, sorted."""
    found: set[str] = set()
    for path in (path for name in DESK for path in (PACKAGE / name).rglob("*")):
        if path.suffix in (".py", ".j2"):
            text = path.read_text(encoding="utf-8")
            found.update(_unquoted(literal) for literal in (*_SAY.findall(text), *_NOOP.findall(text)))
            found.update(_unquoted(literal) for both in _COUNT.findall(text) for literal in both)
    for check in map(documentation, all_checks()):
        found |= {check.rule, check.why}
    return sorted(found)


def _unquoted(literal: str) -> str:
    return literal.replace('\\"', '"')


def catalogue_languages(folder: Path = PACKAGE / "interface") -> list[str]:
    """The languages that have a catalogue of interface strings."""
    return sorted(path.stem for path in folder.glob("*.po"))


def _catalogues(named: list[str], *, is_desk: bool) -> Iterator[tuple[Path, list[str], str]]:
    """The path of every catalogue, what it must have, and where that is said."""
    for folder, texts, source, own in (
        (PACKAGE / "interface", interface_texts(), "pipeline/formats", not is_desk),
        (interface_folder(), desk_texts(), "pipeline/desk", is_desk),
    ):
        for language in sorted({*catalogue_languages(folder), *(named if own else ())}):
            load_language(language)
            yield folder / f"{language}.po", texts, source


def _updated(named: list[str], *, is_desk: bool) -> Iterator[tuple[Path, str | None, str]]:
    """The path of every catalogue, its text, if it is there, and the text that it must have."""
    for path, texts, source in _catalogues(named, is_desk=is_desk):
        content = read_text(path) if path.is_file() else None
        segments = [Segment("interface", text, 0, 0, 1, 1) for text in texts]
        yield path, content, updated(content, path, segments, path.stem, source)[0]
    for language in sorted({*catalogue_languages(interface_folder()), *(named if is_desk else ())}):
        path = interface_folder() / "findings" / f"{language}.po"
        content = read_text(path) if path.is_file() else None
        yield path, content, finding_messages.updated(content, language)


def main(arguments: list[str]) -> int:
    """Update the catalogues, or check them. Returns the exit status."""
    stale = False
    named = [argument for argument in arguments if not argument.startswith("--")]
    for path, content, text in _updated(named, is_desk="--desk" in arguments):
        if text != content:
            stale = True
            name = path.relative_to(PACKAGE.parent).as_posix()
            if "--check" in arguments:
                print(f"{name} is out of date: run python -m tools.make_interface", file=sys.stderr)
            else:
                write_whole(path, text.encode())
                print(f"wrote {name}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
