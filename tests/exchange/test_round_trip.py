"""What goes out and comes back as it was changes no byte; what is translated on the way arrives whole."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline import po
from pipeline.catalogue import MACHINE_DRAFT_COMMENT
from pipeline.exchange import sending
from pipeline.exchange.judging import Options
from pipeline.exchange.model import Outcome, standing
from pipeline.exchange.returning import Taken, take_back
from pipeline.inline import codes, pieces
from pipeline.library import Library, Settings
from pipeline.model import Article, Segment, State

MARKDOWN = st.lists(
    st.sampled_from(
        [
            *"*_`~[](){}!<>\\^&|#:/.\"' ",
            *("**", "![a](", "](b.md)", ' "t")', "{{emergency_number}}", "[^1]", "{.b}", "http://a.b ", "\\\n", "\n"),
            *("\u200f", "\u202b", "\u202c", "\u2067", "\u2069", "\u00a0", "\ufeff", "\x1b", "\x85", "\u2028"),
            *("word", "é", "語", "نص", "24. ", "\t"),
        ]
    )
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=3),
    min_size=1,
    max_size=25,
).map("".join)
SOURCES = MARKDOWN.filter(lambda text: text.strip() != "" and text == text.strip())
STATES = st.sampled_from(["translated", "draft", "fuzzy"])
FORMATS = ("xliff", "po")


@dataclass(frozen=True)
class OneArticle(Library):
    """A library whose one article holds the segments at hand."""

    texts: tuple[tuple[str, str], ...] = ()

    def read(self, path: Path) -> Article:
        segments = tuple(Segment(kind, text, 0, 0, 1, 1) for kind, text in self.texts)
        return Article(path, "care/cough", "en", {}, "", segments)


def library(folder: Path, texts: tuple[tuple[str, str], ...]) -> OneArticle:
    (folder / "source" / "care").mkdir(parents=True, exist_ok=True)
    (folder / "source" / "care" / "cough.md").write_text("", encoding="utf-8")
    return OneArticle(folder, Settings(languages=("ar",)), texts)


def catalogue(rows: dict[str, tuple[str, str]]) -> str:
    """A catalogue of source -> (translation, state), as plainleaf extract writes it."""
    entries = [po.new_entry("", (), (), "Language: ar\n")]
    for msgid, (msgstr, state) in rows.items():
        entry = po.new_entry(msgid, ["paragraph"], ["source/care/cough.md"], msgstr)
        if state == "draft":
            entry.lines.insert(0, po.Line("translator", f"# {MACHINE_DRAFT_COMMENT}"))
        if state == "fuzzy":
            entry.set_flags(["fuzzy"])
        entries.append(entry)
    entries[-1].lines.pop()
    return po.PoFile(entries).render()


def send(own: Library, file_format: str) -> Path:
    (out,) = sending.outgoing(own, frozenset(["care/cough"]), ("ar",))
    path = own.root / f"cough.{sending.SUFFIXES[file_format]}"
    path.write_bytes(sending.content(out, file_format).encode())
    return path


def bring(own: Library, path: Path, **allowed: bool) -> Taken:
    (taken,) = take_back(own, [path], Options(**allowed), dry_run=False)
    return taken


@pytest.mark.parametrize("file_format", FORMATS)
@given(
    rows=st.dictionaries(SOURCES, st.tuples(MARKDOWN, STATES), min_size=1, max_size=4),
    kind=st.sampled_from(["paragraph", "field"]),
)
@settings(deadline=None)
def test_nothing_changes_when_nothing_was_done(file_format: str, rows: dict[str, tuple[str, str]], kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        own = library(Path(folder), tuple((kind, text) for text in rows))
        path = own.catalogue_path("care/cough", "ar")
        path.parent.mkdir(parents=True)
        before = catalogue(rows).replace("#. paragraph", f"#. {kind}").encode()
        path.write_bytes(before)
        taken = bring(own, send(own, file_format))
        assert path.read_bytes() == before
        outcomes = {item.outcome for item in taken.judged}
        assert outcomes <= {Outcome.UNCHANGED, Outcome.UNTRANSLATED} | (
            {Outcome.UNFINISHED} if file_format == "po" else set()
        )


@pytest.mark.parametrize("file_format", FORMATS)
@given(source=SOURCES)
@settings(deadline=None)
def test_a_translation_arrives_as_it_was_made(file_format: str, source: str) -> None:
    """The same codes and other words, made elsewhere, land byte for byte."""
    text = "".join(p.text if p.role != "text" else p.text.swapcase() for p in pieces(source))
    # A line end in prose is one that a tool has broken; where a line must end, there is a code.
    assume(not any("\n" in p.text for p in pieces(source) if p.role == "text"))
    assume(text == text.strip() and text != source and codes(pieces(text)) == codes(pieces(source)))
    with tempfile.TemporaryDirectory() as here, tempfile.TemporaryDirectory() as there:
        own, agency = (library(Path(folder), (("paragraph", source),)) for folder in (here, there))
        for place, rows in ((own, {source: ("", "missing")}), (agency, {source: (text, "translated")})):
            path = place.catalogue_path("care/cough", "ar")
            path.parent.mkdir(parents=True)
            path.write_bytes(catalogue(rows).encode())
        path = send(agency, file_format)
        # As if the file had been sent by us, and filled in there.
        sent, filled = standing("", State.MISSING), standing(text, State.TRANSLATED)
        path.write_bytes(path.read_bytes().replace(filled.encode(), sent.encode()))
        assert [item.outcome for item in bring(own, path).judged] == [Outcome.NEW]
        expected = catalogue({source: (text, "translated")})
        assert own.catalogue_path("care/cough", "ar").read_bytes() == expected.encode()
