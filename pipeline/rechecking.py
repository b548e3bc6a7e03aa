"""The checks of a whole library of which most was checked before, by a build or by an earlier check."""

from __future__ import annotations

from concurrent.futures import Executor

from pipeline.building.cards import Cards
from pipeline.building.editions import Reader
from pipeline.building.inputs import Inputs
from pipeline.building.inspecting import Inspection
from pipeline.building.planning import inspect
from pipeline.checking import Checked
from pipeline.language import PSEUDO
from pipeline.library import Library, stray_files
from pipeline.model import PlainleafError
from pipeline.signing import SignOffs
from pipeline.store import FOLDER

_MOST = 200
"""Articles and translations that have changed; more are checked sooner in several processes from the beginning."""


def check_again(library: Library, executor: Executor) -> Checked | None:
    """What ``check_paths`` says of the library's source folder, with its translations.

    executor: where reading is shared out. None where it has to be checked from the beginning: nothing is remembered of
    it, much has changed, or something cannot be read. Raises PlainleafError for a mistake in the settings.
    """
    # Whoever only looks at a library writes nothing into it. What is made up is checked in no other way.
    if not (library.root / FOLDER).is_dir() or PSEUDO.keys() & set(library.languages):
        return None
    # A text that is no article is checked with the others, and no build knows of it.
    if stray_files(library):
        return None
    errors: list[PlainleafError] = []
    sign_offs = SignOffs(library, errors)
    reader = Reader(library, sign_offs)
    cards = Cards(library, sign_offs, Inputs(library), errors, executor)
    inspection = Inspection(cards, reader)
    changed = [key for key in cards.known if inspection.needs(key)]
    cards.write()
    if errors or len(changed) > _MOST:
        return None
    inspection.prepare(changed, executor)
    inspect(inspection, cards.known, errors)
    cards.write()
    inspection.write(is_whole=False)
    if errors:
        return None
    articles = sum(key[1] == library.settings.language for key in cards.known)
    return Checked(tuple(inspection.findings(cards.known)), (), articles, len(cards.known) - articles)
