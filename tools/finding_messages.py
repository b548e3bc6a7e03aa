"""The templates of what findings say, as the code has them, and the catalogues of their translations."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from pipeline.catalogue import DRAFTS_HEAD
from pipeline.desk.telling import KEYWORDS, has_words
from pipeline.readability.counting import reading_data
from pipeline.readability.measuring import NO_FORMULA

PACKAGE = Path(__file__).parent.parent / "pipeline"
DESK = ("desk", "overview", "serving")
"""Packages that make pages for editors; one that is not there has no words."""
_LANGUAGES = "pipeline/languages"
_IMPORT = b"from pipeline.messages import"
_ANY_DAY = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
"""Catalogues tell no time of their making: the same code makes the same bytes."""


def templates() -> Catalog:
    """Every template in the code that has a word in it, each with the modules that say it."""
    found = _catalogue(None)
    for module, message in (*_extracted(), *_of_languages()):
        if has_words(message if isinstance(message, str) else message[0]):
            found.add(message, locations=[(module, 0)], flags=["python-brace-format"])
    return found


def _catalogue(language: str | None) -> Catalog:
    made = Catalog(language, project="plainleaf", creation_date=_ANY_DAY, revision_date=_ANY_DAY, fuzzy=False)
    made.header_comment = "\n".join(DRAFTS_HEAD)
    made.version = made.msgid_bugs_address = made.last_translator = made.language_team = ""
    return made


def _extracted() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        code = path.read_bytes()
        # Pages for editors say their own words, which stand in another catalogue.
        if _IMPORT in code and path.relative_to(PACKAGE).parts[0] not in DESK:
            for _, message, _, _ in extract("python", BytesIO(code), KEYWORDS, options={"encoding": "utf-8"}):
                yield path.relative_to(PACKAGE.parent).as_posix(), message


def _of_languages() -> Iterator[tuple[str, str]]:
    """What the tables of the languages say of reading levels."""
    for path in sorted((PACKAGE / "languages").glob("*.toml")):
        data = reading_data(path.stem)
        for row in data.get("formulas", ()):
            yield from ((_LANGUAGES, text) for text in (row["name"], *(name for _, name in row.get("bands", ()))))
        if "no_grade" in data:
            yield _LANGUAGES, data["no_grade"]
    yield "pipeline/readability/measuring.py", NO_FORMULA


def updated(content: str | None, language: str) -> str:
    """A catalogue's text with the templates as they are now. content: None where there is no catalogue yet."""
    catalogue = _catalogue(language) if content is None else read_po(BytesIO(content.encode()))
    catalogue.update(templates(), keep_user_comments=True)
    made = BytesIO()
    write_po(made, catalogue, width=0, include_lineno=False, ignore_obsolete=True)
    # The next release of Babel changes nothing in it.
    return re.sub(r'^"Generated-By: .*\n', "", made.getvalue().decode(), flags=re.MULTILINE)
