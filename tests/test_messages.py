"""What findings say remembers its template and values, wherever it goes, and pages say all of it in their language."""

from __future__ import annotations

import ast
import copy
import json
import pickle
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cache import as_json, from_json
from pipeline.desk import Words, page_languages
from pipeline.desk.words import SOURCE, interface_folder
from pipeline.findings import unknown_words_once
from pipeline.messages import Message, joined, named, say, say_count
from pipeline.model import Finding, Severity
from tools.finding_messages import templates, updated

SPANISH = Words("es")
TRANSLATED = [code for code in page_languages() if code != SOURCE]
TEXTS = st.text('ab {}"\n.é', max_size=12)
LEAVES = st.one_of(
    st.builds(lambda word: say('"{word}" is not in the dictionary', word=word), TEXTS),
    st.builds(
        lambda n: say_count("{message} ({count} place)", "{message} ({count} places)", n, message="x"),
        st.integers(1, 9),
    ),
    st.builds(lambda x: say("{grade:.1f}", grade=x), st.floats(-99, 99)),
)
MESSAGES = st.recursive(LEAVES, lambda inner: st.builds(lambda parts: joined("; ", parts), st.lists(inner, max_size=3)))


def found(message: str, check: str = "spelling") -> Finding:
    return Finding(check, Severity.REVIEW, Path("a.md"), 0, 1, 1, 1, 1, 2, message)


def catalogue(language: str) -> tuple[Path, Catalog]:
    path = interface_folder() / "findings" / f"{language}.po"
    with path.open("rb") as file:
        return path, read_po(file)


@given(MESSAGES)
def test_a_message_survives_stores_and_other_processes(message: Message) -> None:
    for kept in (
        pickle.loads(pickle.dumps(message)),
        copy.deepcopy(message),
        from_json(json.loads(json.dumps(as_json(found(message))))).message,
    ):
        assert isinstance(kept, Message)
        assert (kept, kept.templates, kept.values) == (message, message.templates, message.values)
        assert SPANISH.tell(kept) == SPANISH.tell(message)


def test_a_message_is_the_text_that_it_is() -> None:
    message = say('"{word}" is not in the dictionary', word="{vavle}")
    assert message == '"{vavle}" is not in the dictionary'
    assert json.dumps([message]) == '["\\"{vavle}\\" is not in the dictionary"]'
    assert {message: 1}['"{vavle}" is not in the dictionary'] == 1
    assert Words().tell(message) == message


def test_a_page_says_it_in_its_language_and_quotes_as_it_was_written() -> None:
    message = say('"{word}" is not in the dictionary; did you mean "{meant}"?', word="{vavle}", meant="valve")
    assert SPANISH.tell(message) == "«{vavle}» no está en el diccionario; ¿quería decir «valve»?"
    assert SPANISH.knows(message)


def test_figures_have_the_decimal_sign_of_the_page_and_the_digits_of_the_command_line() -> None:
    # 0.25 and 0.35 lie on either side of what they look like: both texts round them alike.
    for figure in (12.25, 12.35, -0.5):
        message = say("{target:g} or more", target=figure)
        assert SPANISH.tell(message) == str(message).replace(".", ",").replace("or more", "o más")
    assert SPANISH.tell(say("{grade:.1f}", grade=12.35)) == f"{12.35:.1f}".replace(".", ",")


@pytest.mark.parametrize(("count", "told"), [(1, "(1 lugar)"), (2, "(2 lugares)")])
def test_a_number_of_things_takes_the_plural_of_the_page(count: int, told: str) -> None:
    message = say_count("{message} ({count} place)", "{message} ({count} places)", count, message="x")
    assert SPANISH.tell(message) == f"x {told}"


def test_a_word_told_once_for_all_its_places_is_said_in_the_language_too() -> None:
    message = say('unknown word "{word}": correct it, or add it to source/wordlist.txt', word="vavle")
    (told,) = unknown_words_once([found(message), found(message)])
    assert told.message.endswith("source/wordlist.txt (2 places)")
    assert SPANISH.tell(told.message) == (
        "palabra desconocida «vavle»: corríjala, o añádala a source/wordlist.txt (2 lugares)"
    )


def test_what_has_no_translation_stays_english_and_is_known_to_be() -> None:
    unknown = say("nobody has ever said this of {word}", word="vavle")
    for message in (unknown, joined("; ", [say("bold"), unknown]), "a plain text"):
        assert not SPANISH.knows(message)
        assert "vavle" in SPANISH.tell(message) or SPANISH.tell(message) == message
    assert SPANISH.knows(named("LIX"))
    assert SPANISH.knows(joined("; ", [say("bold"), say("emphasis")]))


def test_every_template_in_the_code_is_a_literal_that_can_be_collected() -> None:
    package = Path(__file__).parent.parent / "pipeline"
    loose = []
    for path in package.rglob("*.py"):
        code = path.read_text("utf-8")
        if "from pipeline.messages import" in code and path.relative_to(package).parts[0] not in ("desk", "overview"):
            loose += [f"{path.name}:{call.lineno}" for call in _calls(ast.parse(code)) if not _is_literal(call)]
    assert loose == []


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "say_count"):
            yield node


def _is_literal(call: ast.Call) -> bool:
    wanted = call.args[: 2 if isinstance(call.func, ast.Name) and call.func.id == "say_count" else 1]
    return bool(wanted) and all(isinstance(a, ast.Constant) and isinstance(a.value, str) for a in wanted)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_every_template_of_the_code_in_all_its_forms(language: str) -> None:
    path, known = catalogue(language)
    assert updated(path.read_text("utf-8"), language) == path.read_text("utf-8"), "run python -m tools.make_interface"
    there = {message.id: message for message in known if message.id}
    for wanted in templates():
        if wanted.id:
            message = there[wanted.id]
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(strings), message.id
            assert not message.fuzzy
            assert len(strings) == (known.num_plurals if message.pluralizable else 1)


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_values_of_their_templates(language: str) -> None:
    path, known = catalogue(language)
    assert [(message.id, faults) for message, faults in known.check()] == []
    for message in known:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            wanted = _values(ids[-1])
            assert all(wanted - {"count"} <= _values(text) <= wanted for text in strings), message.id
    if shutil.which("msgfmt"):
        assert subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], check=False).returncode == 0


def _values(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}
