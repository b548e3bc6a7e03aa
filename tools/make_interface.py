"""Brings the catalogues of the outputs' own words up to date with the code, or with --check tells.

    python -m tools.make_interface [--check] [LANGUAGE...]

A language that is named gets a catalogue if it has none yet.

The words are the literals given to say(...) in pipeline/formats, and the tables of them there.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pipeline.files import read_text, write_whole
from pipeline.formats import MACHINE_NOTICE, UNCHECKED_NOTICE
from pipeline.formats.brf import NOTICE
from pipeline.formats.html import DOWNLOADS
from pipeline.formats.web import LABELS
from pipeline.language import load_language
from pipeline.model import Segment
from pipeline.updating import updated

PACKAGE = Path(__file__).parent.parent / "pipeline"
_SAY = re.compile(r'\bsay(?:_in)?\(\s*(?:choice,\s*)?"((?:[^"\\]|\\.)*)"')


def interface_texts() -> list[str]:
    """Every text that outputs add to an article, sorted."""
    found = {*LABELS, *DOWNLOADS.values(), MACHINE_NOTICE, UNCHECKED_NOTICE, NOTICE}
    for path in (PACKAGE / "formats").rglob("*"):
        if path.suffix in (".py", ".j2"):
            found.update(_SAY.findall(path.read_text(encoding="utf-8")))
    return sorted(found)


def catalogue_languages() -> list[str]:
    """The languages that have a catalogue of interface strings."""
    return sorted(path.stem for path in (PACKAGE / "interface").glob("*.po"))


def main(arguments: list[str]) -> int:
    """Update the catalogues, or check them. Returns the exit status."""
    texts = [Segment("interface", text, 0, 0, 1, 1) for text in interface_texts()]
    stale = False
    named = [argument for argument in arguments if not argument.startswith("--")]
    for language in sorted({*catalogue_languages(), *named}):
        load_language(language)
        path = PACKAGE / "interface" / f"{language}.po"
        content = read_text(path) if path.is_file() else None
        text, _ = updated(content, path, texts, language, "pipeline/formats")
        if text != content:
            stale = True
            if "--check" in arguments:
                print(f"{path.name} is out of date: run python -m tools.make_interface", file=sys.stderr)
            else:
                write_whole(path, text.encode())
                print(f"wrote {path.name}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
