"""The library's own vocabulary."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.checking import own_words
from pipeline.cli import main
from pipeline.library import WORD_LIST
from pipeline.wordlist import add_words, doubts

LIST = """# Words of our library.

# the towns
Exampletown  # in the north
Quxville
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / WORD_LIST).write_text(LIST, encoding="utf-8")
    return tmp_path


def test_words_are_added_in_order_and_comments_stay(root: Path) -> None:
    assert add_words(root, ["Zyrgol", "examplol", "Quxville"], "brands") == ["Zyrgol", "examplol"]
    assert (root / WORD_LIST).read_text(encoding="utf-8") == (
        "# Words of our library.\n\n# the towns\nExampletown  # in the north\nexamplol  # brands\nQuxville\n"
        "Zyrgol  # brands\n"
    )
    assert own_words(root) == {"examplol", "Exampletown", "Quxville", "Zyrgol"}


def test_adding_nothing_new_changes_no_byte(root: Path) -> None:
    assert add_words(root, ["Quxville"]) == []
    assert (root / WORD_LIST).read_text(encoding="utf-8") == LIST


@pytest.mark.parametrize(
    ("word", "doubt"),
    [
        ("vavle", 'misspelling of "valve"'),
        ("valve", "the dictionary has it"),
        ("two words", "not one word"),
        ("x1", "not one word"),
        ("Quxville", "the list has it"),
        ("Zyrgolax", ""),
    ],
)
def test_doubtful_words_are_told(word: str, doubt: str) -> None:
    found = doubts(word, "en_GB", {"Quxville"})
    assert doubt in found
    assert bool(doubt) == bool(found)


def test_the_command_refuses_a_misspelling_and_can_be_forced(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(library), "words", "add", "discoverd", "Zyrgolax"]) == 2
    captured = capsys.readouterr()
    assert '"discoverd" is not added: it looks like a misspelling of "discovered"' in captured.err
    assert "added Zyrgolax" in captured.out
    assert main(["--library", str(library), "words", "add", "discoverd", "--force"]) == 0
    assert own_words(library) == {"Zyrgolax", "discoverd"}


def test_a_word_of_the_list_is_no_finding(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = library / "source" / "care" / "fever.md"
    path.write_text(path.read_text() + "\nAsk for Zyrgolax.\n\nZyrgolax helps.\n")
    main(["--library", str(library), "check"])
    out = capsys.readouterr().out
    assert out.count('unknown word "Zyrgolax"') == 1, "an unknown word is told once a library"
    assert "(2 places)" in out
    main(["--library", str(library), "words", "add", "Zyrgolax"])
    capsys.readouterr()
    main(["--library", str(library), "check"])
    assert "unknown word" not in capsys.readouterr().out
