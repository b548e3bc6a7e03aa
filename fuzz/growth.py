"""Which check or reader takes more than its share of time as a text grows: ``python -m fuzz.growth [--size N]``.

Each is given long texts of one thing repeated, of N, 2N and 4N characters. What takes four times as long for twice the
text, and more than a quarter of a second, is printed, with the text. Exit status 1 when there is any.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import FrameType

from pipeline import front_matter, po, segments
from pipeline.catalogue import parse_catalogue
from pipeline.checks import Check, Context, TranslatedArticle, all_checks
from pipeline.importing.html_filter import filter_html
from pipeline.library import Settings, parse_article
from pipeline.model import Lines, PlainleafError
from pipeline.translate import translate

PIECES = (
    *("a", "a ", "A. ", "A ", "1", "1 ", "1,", "1.", "1-", "1/2 ", "5 ml ", "+", "0" * 7 + " ", "(", ")", "[", "]", "[a](", "](", "![", "<", "<a "),
    *("<a", "</", "&", "&amp;", "<!--", "-->", '"', "'", "“", "„", "«", "*", "**a", "_", "`", "``a", "~", "\\", "|", "|a", "{", "}", "{.", "{{", "{{a}}"),
    *(" ", "\t", "\n", "\n\n", "-", "- ", "- a\n", "> ", "1. ", "# ", "#", ":", ": ", ":::", "::: {.a}\n", ".", "!", "?", ",", "a.", "a-", "a'", "not ", "no "),
    *("http://", "https://a.b/", "www.", "a@", "@", "%", "é", "\u0300", "م", "١", "١٢ ", "中", "中。", "क", "क्", "़", "\u200f", "\u202e", "\u200b"),
    *("you are given ", "the the ", "if ", "Call ", "under 5 ", "twice ", "two hundred ", "three ", "half ", "Dr. ", "e.g. ", "ABC ", "ABC (", "NSAIDs "),
    *("---\n", "===\n", "|---|---|\n", "| a | b |\n", "[^1]", "[^1]: a\n", "[a]: b\n", "a  \n", "a\\\n", "T\n: d\n", "    a\n", "```\n", "<div>\n", "<br>"),
)  # fmt: skip
"""What is repeated."""
LEAST = 0.25
"""Seconds below which nothing is said."""
MOST = 20
"""Seconds after which a reader is stopped."""


class TooLong(BaseException):
    """A reader that took too long."""


def texts(size: int) -> Iterator[tuple[str, str]]:
    """Each piece repeated, with the piece."""
    for piece in PIECES:
        yield piece, (piece * (size // len(piece) + 1))[:size]
        if piece.strip() and "\n" not in piece:
            yield f"a{piece}…", "a" + (piece * (size // len(piece) + 1))[:size] + ">\n\nEnd!"


def readers() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Everything that reads a text of a stranger, by name."""
    path = Path("text.md")
    yield "segments", segments.extract
    yield "identity", lambda text: segments.apply(text, segments.extract(text), lambda s: s.text)
    yield "front matter", lambda text: front_matter.parse(f"---\n{text}\n---\n")
    yield "front matter value", lambda text: front_matter.parse(f"---\ntitle: {text.strip()}\n---\n")
    yield "catalogue", lambda text: parse_catalogue(_message("a", text), path)
    yield "catalogue rows", po.parse
    yield "catalogue writing", lambda text: po.new_entry(text, (), ())
    yield "HTML", filter_html
    context = Context(Settings(), frozenset(), {}, None)
    for check in all_checks():
        yield check.name, partial(check_article if check.scope == "article" else check_translation, check, context)


def check_article(check: Check, context: Context, text: str) -> None:
    list(check.function(parse_article(f"# A\n\n{text}\n", Path("text.md"), "a/b", "en"), context))


def check_translation(check: Check, context: Context, text: str) -> None:
    for item in _items(text):
        list(check.function(item, context))


def _items(text: str) -> Iterator[TranslatedArticle]:
    """A short text with a long translation, and a long one with a short translation."""
    path = Path("text.md")
    source = parse_article("Take 5 ml, not 10.\n", path, "a/b", "en")
    for language in ("es", "ar", "zh_Hans"):
        content = _message(source.segments[0].text, text)
        yield TranslatedArticle(
            source, translate(source, parse_catalogue(content, path), language), path, Lines(content)
        )
    source = parse_article(f"A {text.strip()}\n", path, "a/b", "en")
    content = "".join(_message(segment.text, "Tome 5 ml, no 10.") + "\n" for segment in source.segments[:1])
    yield TranslatedArticle(source, translate(source, parse_catalogue(content, path), "es"), path, Lines(content))


def _message(msgid: str, msgstr: str) -> str:
    file = po.PoFile([po.new_entry(msgid, (), (), msgstr)])
    return file.render()


def seconds(reader: Callable[[str], object], text: str) -> float:
    """Processor time of one reading; MOST where it did not end."""
    started = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, MOST)
    try:
        reader(text)
    except TooLong:
        return float(MOST)
    except (PlainleafError, po.PoError):
        pass
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - started


def steep(size: int, chosen: Sequence[str]) -> Iterator[tuple[str, str, list[float]]]:
    """Each reader and piece whose time grows faster than the text."""
    for name, reader in readers():
        if chosen and name not in chosen:
            continue
        for (piece, short), (_, middle), (_, long) in zip(texts(size), texts(2 * size), texts(4 * size), strict=True):
            found = [seconds(reader, text) for text in (short, middle)]
            if found[-1] > LEAST / 3:
                found.append(seconds(reader, long))
                if (found[2] > LEAST and found[2] > 2.9 * max(found[1], 0.01)) or found[2] >= MOST:
                    yield name, piece, found


def main(argv: Sequence[str] | None = None) -> int:
    """Print what is steep. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.growth", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("reader", nargs="*", help="a check's name, or segments, HTML, ... (default: all)")
    parser.add_argument("--size", type=int, default=12_500, help="characters of the shortest text (default: 12500)")
    arguments = parser.parse_args(argv)
    signal.signal(signal.SIGPROF, _stop)
    is_steep = False
    for name, piece, found in steep(arguments.size, arguments.reader):
        is_steep = True
        print(f"{name:24} {piece!r:20} {' '.join(f'{one:8.2f} s' for one in found)}", flush=True)
    return int(is_steep)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooLong


if __name__ == "__main__":
    sys.exit(main())
