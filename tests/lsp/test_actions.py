"""What a quick fix does to a text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the language server needs pygls")

from pipeline import segments
from pipeline.check_docs import documentation
from pipeline.checks import all_checks
from pipeline.lsp.actions import REPLACING, Action, actions
from pipeline.lsp.desk import Checked, Desk, Text
from pipeline.model import Finding


def checked(text: str, path: Path = Path("/nowhere/a.md")) -> tuple[Desk, Checked]:
    desk = Desk()
    return desk, desk.check(Text(path.as_uri(), 1, path, text))


def offered(text: str, check: str) -> list[Action]:
    desk, found = checked(text)
    return [a for a in actions(desk, found, 0, len(text)) if a.finding and a.finding.check == check]


def done(text: str, action: Action) -> str:
    for edit in reversed(action.edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def findings(text: str, check: str) -> list[Finding]:
    return [f for f in checked(text)[1].findings if f.check == check]


def bad_examples() -> Iterator[tuple[str, str]]:
    for check in all_checks():
        if check.scope == "article":
            yield from ((check.name, text) for text in documentation(check).bad)


@pytest.mark.parametrize("check", sorted(REPLACING))
def test_to_take_a_suggestion_mends_what_was_found(check: str) -> None:
    examples = [text for name, text in bad_examples() if name == check]
    took = 0
    for text in examples:
        for action in offered(text, check):
            if action.title.startswith("Write "):
                after = done(text, action)
                assert action.finding
                assert action.finding.message not in [f.message for f in findings(after, check)], after
                took += 1
                break
    assert took


@pytest.mark.parametrize(("check", "text"), list(bad_examples()))
def test_to_ignore_takes_the_finding_away_and_no_text(check: str, text: str) -> None:
    for action in offered(text, check):
        if action.title.startswith("Ignore "):
            after = done(text, action)
            assert [s.text for s in segments.extract(after)] == [s.text for s in segments.extract(text)]
            place = action.finding
            assert place
            assert len(findings(after, check)) < len(findings(text, check)), after
            assert action.cursor is not None
            assert after[: action.cursor].endswith("-- ")


COMMENT = "<!-- plainleaf: ignore spelling -- -->"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("The feverr is hot.\n", f"The feverr is hot. {COMMENT}\n"),
        ("- One\n- A feverr\n", f"- One\n- A feverr {COMMENT}\n"),
        ("Wait.\n\nIt is\na feverr.\n", f"Wait.\n\n{COMMENT}\nIt is\na feverr.\n"),
        (
            "---\ntitle: A feverr\n---\n\nText.\n",
            "---\n# plainleaf: ignore spelling -- \ntitle: A feverr\n---\n\nText.\n",
        ),
        ("| a |\n|---|\n| feverr |\n", f"| a |\n|---|\n| feverr {COMMENT} |\n"),
        ("The fever,\r\na feverr.\r\n", f"{COMMENT}\r\nThe fever,\r\na feverr.\r\n"),
    ],
)
def test_where_the_comment_goes(text: str, after: str) -> None:
    made = [done(text, action) for action in offered(text, "spelling") if action.title.startswith("Ignore ")]
    assert made == [after]


def test_a_word_of_a_translation_is_mended_where_it_stands(library: Path) -> None:
    pytest.importorskip("hunspell", reason="needs plainleaf[dictionaries]")
    path = library / "translations/es/care/cough.po"
    right = path.read_text("utf-8")
    text = right.replace('msgstr "Tome 5 ml de jarabe', 'msgstr "Tome 5 ml de \\"jarbae\\"')
    assert text != right
    desk = Desk()
    found = desk.check(Text(path.as_uri(), 1, path, text))
    finding = next(f for f in found.findings if f.check == "translation-spelling")
    offers = {action.title: action for action in actions(desk, found, finding.start, finding.start)}
    after = done(text, offers['Write "jarabe"'])
    assert after == text.replace("jarbae", "jarabe"), "the word alone, and not the whole translation"
    assert offers['Add "jarbae" to source/wordlist.txt'].word == "jarbae"
    ignored = done(text, offers["Ignore translation-spelling here: give the reason"])
    assert ignored.replace("# plainleaf: ignore translation-spelling -- \n", "") == text
