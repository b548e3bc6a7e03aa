"""Compare reading grades with independent implementations: ``python benchmarks/reading.py FOLDER...``.

FOLDER holds pages in Markdown or plain text, English. Every implementation is given the same sentences, ours, as lists
of words; so what is compared is the count of syllables and the formula. Those that take part where they are installed:

- espeak-ng 1.52 (espeakng-loader on PyPI): a speech synthesiser's dictionary and rules of pronunciation, of which each
  vowel is a syllable, with the formula written out here; once with Flesch's rule that figures and abbreviations are one
  syllable, as ours, and once as it would say them;
- readability 0.3.2 (PyPI): its own Flesch-Kincaid grade, its own rules for syllables, after Lingua::EN::Syllable;
- syllapy 0.8 (PyPI): a list of syllable counts of its own, with the formula written out;
- textstat 0.7.7: the CMU dictionary as ours, else hyphenation points, with the formula written out.

Two more tables: how often each counts a word's syllables right, over the words of the CMU dictionary whose MD5 is even
(our rules were written on the odd half, and the dictionary itself is switched off), and the time for a million words.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import re
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.library import read_article, text_files
from pipeline.model import Article
from pipeline.prose import Sentence
from pipeline.readability.counting import count
from pipeline.readability.english import by_rule
from pipeline.readability.formulas import formulas
from pipeline.readability.measuring import article_sentences, measure

Grade = Callable[[Sequence[Sentence]], float]
Counter = Callable[[str], int]
FEWEST_WORDS = 100
"""Pages with fewer words of prose are left out: one syllable would move their grade."""
MOST_APART = 0.3
VOWEL = re.compile("[aeiouɐɑɒæʌəɜɚɛɪɔʊøœɨʉᵻ]")
GLIDE = re.compile("iə|aɪ[əɚ]")
SHORT = re.compile(r".*\d.*|(?:[A-Z]{2,}s?-?)+|(?:[^\W\d_]\.)+[^\W\d_]")
"""Figures and abbreviations."""
MILLION = 1_000_000


def ours(sentences: Sequence[Sentence]) -> float:
    """Our Flesch-Kincaid grade."""
    grade = formulas("en")[0].value(count(sentences, "en"))
    assert grade is not None
    return grade


def by_counter(counter: Counter | None) -> Grade | None:
    """Flesch-Kincaid, written out once more, with somebody else's syllables."""
    if counter is None:
        return None

    def grade(sentences: Sequence[Sentence]) -> float:
        words = [word for s in sentences for word in s.words]
        syllables = sum(max(1, counter(word.replace("’", "'"))) for word in words)
        return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59

    return grade


def espeak_counter() -> Counter | None:
    """espeak-ng's count of a word: its phonemes that hold a vowel."""
    if importlib.util.find_spec("espeakng_loader") is None:
        return None
    import espeakng_loader  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    folder = str(Path(espeakng_loader.get_data_path()).parent).encode()
    library.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
    if library.espeak_Initialize(2, 0, folder, 0) < 0 or library.espeak_SetVoiceByName(b"en-us"):
        return None
    international, separator = 2, ord("_") << 8

    @cache
    def counter(word: str) -> int:
        text = ctypes.c_char_p(word.encode())
        phonemes = library.espeak_TextToPhonemes(ctypes.byref(text), 1, international | separator).decode().split("_")
        # "iə" (idea) and "aɪə" (diet) are one phoneme to it, and two syllables to a dictionary.
        return sum(1 + bool(GLIDE.search(p)) for p in phonemes if VOWEL.search(p))

    return counter


def as_flesch(counter: Counter | None) -> Counter | None:
    """A counter that takes figures and abbreviations for one syllable."""
    return counter and (lambda word: 1 if SHORT.fullmatch(word) else counter(word))


def readability_package() -> Grade | None:
    """The readability package, as it is: one sentence a line, words apart."""
    if not (found := importlib.util.find_spec("readability")) or "readability" not in str(found.origin):
        return None
    import readability  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415

    def grade(sentences: Sequence[Sentence]) -> float:
        # Its counter knows small letters only.
        lines = [" ".join(s.words).lower().replace("’", "'") for s in sentences]
        return float(readability.getmeasures(lines, lang="en")["readability grades"]["Kincaid"])

    return grade


def syllapy_counter() -> Counter | None:
    """syllapy's count of a word."""
    if importlib.util.find_spec("syllapy") is None:
        return None
    import syllapy  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415

    return lambda word: int(syllapy.count(word))


def textstat_counter() -> Counter:
    """textstat's count of a word."""
    from textstat.textstat import textstatistics  # noqa: PLC0415

    instance: Any = textstatistics()
    return lambda word: int(instance.syllable_count(word))


def row(name: str, grade: Grade | None, pages: Sequence[Sequence[Sentence]]) -> str:
    """One line of the table of grades."""
    if grade is None:
        return f"| {name}: not installed |"
    apart = [grade(page) - ours(page) for page in pages]
    within = sum(abs(a) <= MOST_APART for a in apart)
    cells = [name, f"{fmean(map(grade, pages)):.2f}", f"{fmean(apart):+.2f}", f"{fmean(map(abs, apart)):.2f}"]
    return f"| {' | '.join([*cells, f'{within} of {len(apart)}', f'{max(map(abs, apart)):.2f}'])} |"


def held_out() -> dict[str, set[int]]:
    """Words of the CMU dictionary on which no rule was written -> the counts of their pronunciations."""
    from textstat.backend.utils import get_cmudict  # noqa: PLC0415

    return {
        word: {sum(phone[-1].isdigit() for phone in phones) for phones in pronunciations}
        for word, pronunciations in get_cmudict("en_US").items()
        if len(word) > 1
        and word.isascii()
        and word.isalpha()
        and int(hashlib.md5(word.encode()).hexdigest(), 16) % 2 == 0
    }


def accuracy(pages: Sequence[Sequence[Sentence]]) -> None:
    """The table of syllables."""
    from pyphen import Pyphen  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415

    hyphens = Pyphen(lang="en_US")
    words = held_out()
    on_pages = sorted({w.lower() for page in pages for s in page for w in s.words} & words.keys())
    counters: dict[str, Counter | None] = {
        "our rules, without the dictionary": by_rule,
        "hyphenation points (pyphen), as textstat": lambda word: len(hyphens.positions(word)) + 1,
        "syllapy": syllapy_counter(),
        "espeak-ng": espeak_counter(),
    }
    print(f"\n| syllables | {len(words):,} words held out | {len(on_pages):,} of them on these pages |\n|---|---|---|")
    for name, counter in counters.items():
        if counter is None:
            print(f"| {name}: not installed |")
            continue
        shares = [100 * fmean(counter(word) in words[word] for word in some) for some in (words, on_pages)]
        print(f"| {name} | {shares[0]:.1f} % | {shares[1]:.1f} % |")


def speed(articles: Sequence[Article]) -> None:
    """The time that a million words take on one core, from the articles on and from their sentences on."""
    pages = [article_sentences(article) for article in articles]
    words = sum(len(s.words) for page in pages for s in page)
    rounds = MILLION // words + 1
    start = time.perf_counter()
    for _ in range(rounds):
        for article in articles:
            # A new article, so that nothing is known of it from the round before.
            measure(Article(article.path, article.id, "en", article.meta, article.text, article.segments))
    whole = time.perf_counter() - start
    start = time.perf_counter()
    for _ in range(rounds):
        for page in pages:
            count(page, "en")
    counted = time.perf_counter() - start
    million = MILLION / (rounds * words)
    print(f"\nA million words: {whole * million:.1f} s with finding the sentences, {counted * million:.1f} s without.")


def main(argv: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="+")
    args = parser.parse_args(argv)
    articles = [read_article(path, path.stem, "en") for path in text_files(args.folder)]
    pages = [[s for s in article_sentences(article) if s.is_full] for article in articles]
    pages = [page for page in pages if sum(len(s.words) for s in page) >= FEWEST_WORDS]
    if not pages:
        parser.error("no page with enough prose")
    words = sum(len(s.words) for page in pages for s in page)
    print(f"{len(pages)} pages, {words:,} words of prose; our mean grade {fmean(map(ours, pages)):.2f}\n")
    head = ("same sentences", "mean grade", "mean difference", "mean apart", "within 0.3", "most apart")
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    espeak, syllapy = espeak_counter(), syllapy_counter()
    print(row("espeak-ng, figures and abbreviations as Flesch", by_counter(as_flesch(espeak)), pages))
    print(row("espeak-ng, all as spoken", by_counter(espeak), pages))
    print(row("readability", readability_package(), pages))
    print(row("syllapy", by_counter(syllapy), pages))
    print(row("textstat", by_counter(textstat_counter()), pages))
    accuracy(pages)
    speed(articles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
