"""What the catalogues of a language say beside each other."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.neighbours import Neighbours, bare
from pipeline.store import FOLDER

SOURCES = ("Rest", "Drink water.", "Take 5 ml.")
TEXTS = ("Descanso", "descanso.", "Reposo", "Beba agua.", "Tome 5 ml.", "Beba")
NAMES = ("heart/cough.po", "heart/cough-a.po", "heart.po", "skin/rash.po")
CATALOGUES = st.dictionaries(
    st.sampled_from(NAMES), st.dictionaries(st.sampled_from(SOURCES), st.sampled_from(TEXTS)), min_size=1
)


def write(folder: Path, catalogues: dict[str, dict[str, str]]) -> None:
    for name in NAMES:
        path = folder / name
        path.unlink(missing_ok=True)
        if name in catalogues:
            path.parent.mkdir(parents=True, exist_ok=True)
            rows = "".join(f'msgid "{source}"\nmsgstr "{text}"\n\n' for source, text in catalogues[name].items())
            path.write_text(rows, encoding="utf-8")
            os.utime(path, ns=(1, 1))


def told(folder: Path, catalogues: dict[str, dict[str, str]]) -> dict[tuple[str, str], tuple[str, str] | None]:
    """What each message has to hear of the other catalogues, found the slow way."""
    found: dict[tuple[str, str], tuple[str, str] | None] = {}
    order = sorted(catalogues, key=lambda name: name.split("/"))
    for name, messages in catalogues.items():
        for source, text in messages.items():
            use = Counter(bare(catalogues[other][source]) for other in order if source in catalogues[other])
            most = next((t for t, n in use.most_common() if t != bare(text) and n >= use[bare(text)]), None)
            others = ((other, catalogues[other].get(source, "")) for other in order)
            found[name, source] = next(((o, t) for o, t in others if most is not None and bare(t) == most), None)
    return found


@given(CATALOGUES)
def test_as_if_all_catalogues_were_read_side_by_side(catalogues: dict[str, dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root, "translations", "es")
        write(folder, catalogues)
        neighbours = Neighbours(folder)
        for (name, source), expected in told(folder, catalogues).items():
            found = neighbours.otherwise(folder / name, source, catalogues[name][source])
            assert found == (expected and (folder / expected[0], expected[1]))
        words = Counter(
            word
            for messages in catalogues.values()
            for word in {w.strip(".5").lower() for pair in messages.items() for text in pair for w in text.split()}
        )
        for word, count in words.items():
            if word:
                assert neighbours.share(word) == (count > 1), word


@given(CATALOGUES, CATALOGUES)
def test_a_view_changes_with_what_is_told(before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        Path(root, FOLDER).mkdir()
        folder = Path(root, "translations", "es")
        write(folder, before)
        first = Neighbours(folder)
        write(folder, after)
        second = Neighbours(folder)
        for name in before.keys() & after.keys():
            heard = [
                {source: found for (n, source), found in told(folder, state).items() if n == name}
                for state in (before, after)
            ]
            if before[name] == after[name] and heard[0] != heard[1]:
                assert first.view(folder / name) != second.view(folder / name)
        # What is remembered of each file is what is read anew.
        shutil.rmtree(Path(root, FOLDER))
        anew = Neighbours(folder)
        assert all(anew.view(folder / name) == second.view(folder / name) for name in after)


def test_the_odd_one_is_told_and_not_those_that_agree(tmp_path: Path) -> None:
    folder = tmp_path / "translations" / "es"
    write(folder, {name: {"Rest": "Reposo" if name == "skin/rash.po" else "Descanso"} for name in NAMES})
    neighbours = Neighbours(folder)
    assert neighbours.otherwise(folder / "skin/rash.po", "Rest", "Reposo") == (
        folder / "heart/cough-a.po",
        "Descanso",
    )
    assert neighbours.otherwise(folder / "heart/cough.po", "Rest", "Descanso") is None


def test_a_catalogue_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "translations" / "es"
    write(folder, {"heart/cough.po": {"Rest": "Descanso"}, "skin/rash.po": {"Rest": "Reposo"}})
    assert Neighbours(folder).otherwise(folder / "heart/cough.po", "Rest", "Descanso")
    (folder / "skin/rash.po").write_bytes(b"\xff")
    assert Neighbours(folder).otherwise(folder / "heart/cough.po", "Rest", "Descanso") is None


def test_an_unsaved_text_is_compared_as_it_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "translations" / "es"
    write(folder, {"heart/cough.po": {"Rest": "Descanso"}, "skin/rash.po": {"Rest": "Descanso"}})
    found = Neighbours(folder).otherwise(folder / "heart/cough.po", "Rest", "Reposo")
    assert found == (folder / "skin/rash.po", "Descanso")
