"""Whatever is edited in whatever order, a build leaves and tells what a build from nothing does.

PLAINLEAF_SEQUENCES=200 tries that many sequences, with other steps each time.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.building.selection import Selection, everything
from pipeline.checking import check_paths
from pipeline.cli import main
from pipeline.commands._following import Follower
from pipeline.executors import SameProcess, local_executor
from pipeline.library import Library, open_library
from pipeline.model import PlainleafError
from pipeline.rechecking import check_again
from pipeline.run import build
from pipeline.store import FOLDER

TRIES = int(os.environ.get("PLAINLEAF_SEQUENCES", "0"))

ARTICLE = """\
---
title: {title}
lang: en
summary: What to do about it.
reviewers: [{{name: Example Reviewer, role: example nurse}}]
last_reviewed: 2026-01-05
next_review: 2028-01-05
related: [care/{other}]
---

## {heading}

![A drop](../images/drop.svg)

- Take {dose} of the {word}, 2 times a day.
- Call {{{{emergency_number}}}} if you cannot breathe.
- Read [the other one]({other}.md) and rest.
"""
SPANISH = {
    "What to do about it.": "Qué hacer.",
    "Rest": "Descanso",
    "Sleep": "Sueño",
    "A drop": "Una gota",
    "![A drop](../images/drop.svg)": "![Una gota](../images/drop.svg)",
    "Call {{emergency_number}} if you cannot breathe.": "Llame al {{emergency_number}} si no puede respirar.",
}
SETTINGS = """\
name = "{name}"
languages = [{languages}]
formats = ["html", "txt"]
emergency_number = "{number}"
checks_off = [{off}]
coverage = {coverage}
web_address = "https://health.example.org"

[topics]
care = "{topic}"
"""
PERSON = ("--credential", "example credential")


class Shop:
    """A tiny library whose every part can be set to one of a few values, so that sequences come back to old states."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.values = {
            "settings": {
                "name": "Example library", "languages": '"es", "ar"', "number": "112", "off": "", "coverage": "10",
                "topic": "Everyday care",
            },
            "cough": {"title": "Cough", "other": "fever", "heading": "Rest", "dose": "5 ml", "word": "syrup"},
            "fever": {"title": "Fever", "other": "cough", "heading": "Rest", "dose": "5 ml", "word": "syrup"},
            "es": {"cough": "Tos", "fever": "Fiebre", "dose": "5 ml", "rest": "Descanso", "mark": ""},
        }  # fmt: skip
        self.write(root / "source/images/drop.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
        self.lay_out()

    def write(self, path: Path, text: str | bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def lay_out(self) -> None:
        self.write(self.root / "source/library.toml", SETTINGS.format(**self.values["settings"]))
        for name in ("cough", "fever"):
            values = self.values[name]
            self.write(self.root / f"source/care/{name}.md", ARTICLE.format(**values))
            for language in ("es", "ar"):
                self.write(self.root / f"translations/{language}/care/{name}.po", self.catalogue(name, language))

    def catalogue(self, name: str, language: str) -> str:
        own, es = self.values[name], self.values["es"]
        texts = SPANISH | {
            own["title"]: es[name],
            "Rest": es["rest"],
            f"Take 5 ml of the {own['word']}, 2 times a day.": f"Tome {es['dose']} del jarabe, 2 veces al día.",
            f"Read [the other one]({own['other']}.md) and rest.": f"Lea [lo otro]({own['other']}.md) y descanse.",
        }
        if language == "ar":
            texts = {"Rest": "راحة", own["title"]: "سعال" if name == "cough" else "حمى"}
        head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        return head + "".join(f'\n{es["mark"]}msgid "{a}"\nmsgstr "{b}"\n' for a, b in texts.items())

    def build(self, *arguments: str) -> int:
        return main(["--library", str(self.root), "build", "--jobs", "1", *arguments])

    def content(self) -> dict[str, bytes]:
        dist = self.root / "dist"
        return {p.relative_to(dist).as_posix(): p.read_bytes() for p in dist.rglob("*") if p.is_file()}


@dataclass(frozen=True)
class Step:
    """One thing that somebody does to a library."""

    name: str
    do: Callable[[Shop], object] = field(repr=False)

    def __call__(self, shop: Shop) -> None:
        self.do(shop)


def put(part: str, name: str, *choices: str) -> st.SearchStrategy[Step]:
    """One of the values of the library as one of these."""

    def step(value: str) -> Step:
        def do(shop: Shop) -> None:
            shop.values[part][name] = value
            shop.lay_out()

        return Step(f"{part} {name} = {value!r}", do)

    return st.sampled_from(choices).map(step)


def file(path: str, *choices: str | bytes | None) -> st.SearchStrategy[Step]:
    """A file as one of these, or taken away."""

    def step(content: str | bytes | None) -> Step:
        def do(shop: Shop) -> None:
            if content is not None:
                shop.write(shop.root / path, content)
            else:
                (shop.root / path).unlink(missing_ok=True)

        return Step(f"{path}: {content!r:.40}", do)

    return st.sampled_from(choices).map(step)


def command(*arguments: str) -> st.SearchStrategy[Step]:
    return st.just(Step(" ".join(arguments), lambda shop: main(["--library", str(shop.root), *arguments])))


def at(epoch: str) -> Step:
    return Step(f"at {epoch}", lambda _: os.environ.__setitem__("SOURCE_DATE_EPOCH", epoch))


LIBRARY_PO = (
    'msgid ""\nmsgstr "Language: es\\n"\n\nmsgid "Everyday care"\nmsgstr "{}"\n\nmsgid "Fever"\nmsgstr "Calentura"\n'
)
GLOSSARY = '[syrup]\nexplanation = "A sweet medicine."\nes = ["jarabe"]\n'
STEPS = st.one_of(
    put("settings", "name", "Example library", "Another example"),
    put("settings", "number", "112", "999"),
    put("settings", "languages", '"es", "ar"', '"ar", "es"', '"es"'),
    put("settings", "off", "", '"inconsistent", "dose-changed"'),
    put("settings", "coverage", "10", "95"),
    put("settings", "topic", "Everyday care", "Daily care"),
    put("cough", "title", "Cough", "A cough"),
    put("cough", "heading", "Rest", "Sleep"),
    put("cough", "dose", "5 ml", "10 ml"),
    put("cough", "word", "syrup", "sirup", "zorblaxin", "zorblaxni"),
    put("fever", "word", "syrup", "zorblaxin"),
    put("es", "cough", "Tos", "La tos"),
    put("es", "dose", "5 ml", "50 ml"),
    put("es", "rest", "Descanso", "Reposo"),
    put("es", "mark", "", "# machine-draft: made by a machine\n", "#, fuzzy\n"),
    file("source/images/drop.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'/>", None),
    file("source/wordlist.txt", "zorblaxin\n", None),
    file("source/notes.txt", "A mispeling.\n", None),
    file("source/.hidden/notes.md", "A mispeling.\n", None),
    file("source/glossary.toml", GLOSSARY, GLOSSARY.replace("jarabe", "sirope"), None),
    file("source/care/cough.md", "---\ntitle: [\n---\n\nBroken.\n", None),
    file("source/care/Cold.md", ARTICLE.format(title="Cold", other="fever", heading="Rest", dose="1 g", word="sirup")),
    file("translations/es/care/cough.po", 'msgid "Cough\n', b"\xff", None),
    file("translations/es/care/fever.po", 'msgid "Rest"\nmsgstr "Reposo"\n'),
    file("translations/es/care/gone.po", 'msgid "Rest"\nmsgstr "Calma"\n', None),
    file("translations/es/library.po", LIBRARY_PO.format("Cuidados"), LIBRARY_PO.format("Cada día"), None),
    file("dist/es/care/cough.html", b"something else", None),
    file("dist/en/care/fever.txt", b"", None),
    file(f"{FOLDER}/findings.sqlite", b"{", None),
    command("sign", "--language", "es", "care/cough", "--as", "checker", "--name", "Example Checker", *PERSON),
    command("sign", "--language", "es", "care/cough", "--as", "translator", "--name", "Example T", *PERSON),
    command("sign", "--language", "es", "interface", "--as", "checker", "--name", "Example Checker", *PERSON),
    command("sign", "--language", "es", "interface", "--as", "translator", "--name", "Example T", *PERSON),
    command("sign", "--language", "es", "care/cough", "--as", "checker", "--withdraw"),
    command("extract"),
    command("build", "--jobs", "1", "--to", "html"),
    command("build", "--jobs", "1", "--to", "txt", "--language", "es"),
    command("build", "--jobs", "1", "--language", "en_XA"),
    command("build", "--jobs", "1", "--release", "--language", "en"),
    st.sampled_from(["1769904000", "1893456000", "0"]).map(at),
)
SETTINGS_OF_A_SEQUENCE = settings(
    max_examples=TRIES or 8,
    derandomize=not TRIES,
    # To make a failing sequence shorter takes longer than to read it.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
IS_RELEASE = st.sampled_from([False, False, True])


@pytest.fixture
def epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")


def built(shop: Shop, is_release: bool) -> dict[str, object]:
    """All that a build leaves and tells."""
    try:
        library = open_library(shop.root)
        with local_executor(1) as executor:
            made = build(library, replace(everything(library), is_release=is_release), executor, lambda *_: None)
    except PlainleafError as error:
        return {"error": str(error)}
    told = replace(made, is_unchanged=False, errors=tuple(sorted(map(str, made.errors))))
    return {"told": told, "dist": shop.content()}


def assert_checks_agree(shop: Shop) -> None:
    """What is remembered of earlier checks and builds is what a check from nothing finds."""
    try:
        library = open_library(shop.root)
        found = check_again(library, SameProcess())
    except PlainleafError:
        return
    if found is not None:
        assert found == check_paths([library.source], library)


@SETTINGS_OF_A_SEQUENCE
@given(st.lists(st.tuples(st.lists(STEPS, min_size=1, max_size=4), IS_RELEASE), min_size=2, max_size=5))
def test_a_build_after_any_change_is_one_from_nothing(
    epoch: None,
    rounds: list[tuple[list[Step], bool]],
) -> None:
    os.environ["SOURCE_DATE_EPOCH"] = "1769904000"
    with tempfile.TemporaryDirectory() as folder:
        shop = Shop(Path(folder) / "library")
        shop.build()
        for steps, is_release in rounds:
            for step in steps:
                step(shop)
            assert_checks_agree(shop)
            again = built(shop, is_release)
            assert built(shop, is_release) == again, steps
            assert_checks_agree(shop)
            kept = Path(folder) / "kept"
            kept.mkdir(exist_ok=True)
            for name in ("dist", FOLDER):
                (shop.root / name).rename(kept / name)
            assert again == built(shop, is_release), steps
            for name in ("dist", FOLDER):
                shutil.rmtree(shop.root / name)
                (kept / name).rename(shop.root / name)


@SETTINGS_OF_A_SEQUENCE
@given(st.lists(st.lists(STEPS, min_size=1, max_size=3), min_size=2, max_size=5))
def test_a_build_that_follows_each_change_ends_as_one_from_nothing(epoch: None, rounds: list[list[Step]]) -> None:
    os.environ["SOURCE_DATE_EPOCH"] = "1769904000"
    with tempfile.TemporaryDirectory() as folder:
        shop = Shop(Path(folder) / "library")

        def chosen() -> tuple[Library, Selection]:
            library = open_library(shop.root)
            return library, everything(library)

        with local_executor(1) as executor:
            follower = Follower(chosen, executor)
            follower.whole()
            for steps in rounds:
                for step in steps:
                    step(shop)
                    # As if each step had touched every text.
                    files = [p for p in shop.root.rglob("*") if p.suffix in {".md", ".po", ".toml"}]
                    list(follower.at_once({p.relative_to(shop.root).as_posix() for p in files}))
                try:
                    made = follower.whole()
                except PlainleafError:
                    continue  # Such as broken settings: the next step may mend them.
                left = shop.content()
                for name in ("dist", FOLDER):
                    shutil.rmtree(shop.root / name)
                again = built(shop, is_release=False)
                assert again["dist"] == left, steps
                assert again["told"] == replace(made, errors=tuple(sorted(map(str, made.errors)))), steps
