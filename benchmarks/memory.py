"""The translation memory on a large library: what it costs ``plainleaf extract``, and what it finds.

    python benchmarks/memory.py [--articles N] [--segments N] [--new PER_CENT]

Makes a library of N articles in one language beside English. Most are translated; of each new article's segments a
third stand word for word in a translated one, a third differ from one in a word, and a third are new. Prints the
processor seconds of an update with and without the memory (the least of three), and how many segments were offered
the right translation; then the seconds a question to the memory takes, and how often comparing with every text finds
more.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from rapidfuzz import fuzz, process

from pipeline import extracting, po
from pipeline.library import open_library
from pipeline.memory import CUTOFF, Memory, Unit

WORDS = (
    "your heart valve leaks blood doctor nurse medicine tablet day week swelling breath chest pain call urgent help "
    "test treatment surgery repair mild severe sudden slow sign symptom fever infection clot stroke beat lung kidney "
    "skin bone child adult sleep rest walk water salt food weight smoke drink sugar scan needle drip ward clinic home"
).split()


class Maker:
    """Makes sentences, with a few words that are rare, as those of real texts are."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.rare = ["".join(self.random.choices("abdegilmnoprstu", k=8)) for _ in range(4000)]

    def sentence(self) -> str:
        """A sentence of 4 to 18 words."""
        words = self.random.choices(WORDS, k=self.random.randint(3, 16))
        words.insert(self.random.randrange(len(words)), self.random.choice(self.rare))
        return f"{' '.join(words).capitalize()}."

    def changed(self, text: str) -> str:
        """The sentence with one word replaced."""
        words = text.split()
        words[self.random.randrange(len(words))] = self.random.choice(WORDS)
        return " ".join(words)


def make(root: Path, articles: int, segments: int, new: int) -> dict[str, str]:
    """Write the library. Returns each changed sentence of the new articles with the one that it was made from."""
    maker = Maker(3)
    (root / "source" / "a").mkdir(parents=True)
    (root / "source" / "library.toml").write_text('languages = ["es"]\n')
    old = [[maker.sentence() for _ in range(segments)] for _ in range(articles - new)]
    known = [text for article in old for text in article]
    expected: dict[str, str] = {}
    fresh = []
    for _ in range(new):
        rows = []
        for number in range(segments):
            model = maker.random.choice(known)
            text = (model, maker.changed(model), maker.sentence())[number % 3]
            if number % 3 < 2:
                expected[text] = model
            rows.append(text)
        fresh.append(rows)
    for number, rows in enumerate([*old, *fresh]):
        (root / "source" / "a" / f"{number:05}.md").write_text("\n\n".join(rows) + "\n")
    library = open_library(root)
    translated = [library.read(path) for path in library.article_paths()[: articles - new]]
    extracting.extract(library, translated, ["es"])
    for path in (root / "translations" / "es" / "a").glob("*.po"):
        file = po.parse(path.read_text())
        for entry in file.entries:
            if entry.msgid:
                entry.set_value("msgstr", f"T {entry.msgid}")
        path.write_text(file.render())
    return expected


def seconds(root: Path, use_memory: bool) -> tuple[float, extracting.Extracted]:
    """The least processor seconds of three dry runs, reading the articles left out."""
    library = open_library(root)
    articles = [library.read(path) for path in library.article_paths()]
    options = extracting.Options(dry_run=True, use_memory=use_memory)
    least = float("inf")
    for _ in range(3):
        start = time.process_time()
        done = extracting.extract(library, articles, ["es"], options)
        least = min(least, time.process_time() - start)
    return least, done


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--segments", type=int, default=50)
    parser.add_argument("--new", type=float, default=5)
    arguments = parser.parse_args()
    new = int(arguments.articles * arguments.new / 100)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        expected = make(root, arguments.articles, arguments.segments, new)
        print(f"{arguments.articles} articles of {arguments.segments} segments, {new} of them not translated")
        without, _ = seconds(root, use_memory=False)
        with_memory, done = seconds(root, use_memory=True)
        offered = sum(row.changes.offered for row in done.catalogues)
        print(f"extract without memory {without:6.2f} s")
        print(f"extract with memory    {with_memory:6.2f} s   {offered} offers")
        library = open_library(root)
        extracting.extract(library, [library.read(path) for path in library.article_paths()], ["es"])
        right = 0
        for path in library.article_paths()[-new:]:
            entries = po.parse(library.catalogue_path(library.article_id(path), "es").read_text()).entries
            right += sum(e.msgid in expected and e.msgstr == f"T {expected[e.msgid]}" for e in entries)
        print(f"right offers           {right} of {len(expected)} that there are")
    against_every_text(arguments.articles * arguments.segments)


def against_every_text(size: int) -> None:
    """Compare the memory's answers with the best of all texts."""
    maker = Maker(4)
    texts = list(dict.fromkeys(maker.sentence() for _ in range(size)))
    memory = Memory()
    memory.add(Unit(text, f"T {text}", "a/b") for text in texts)
    memory.nearest(texts[0])
    asked = [maker.changed(maker.changed(text)) for text in maker.random.sample(texts, 300)]
    start = time.process_time()
    ours = [memory.nearest(text) for text in asked]
    quick = (time.process_time() - start) / len(asked)
    start = time.process_time()
    best = [process.extractOne(text, texts, scorer=fuzz.ratio, score_cutoff=CUTOFF) for text in asked]
    slow = (time.process_time() - start) / len(asked)
    found = sum(b is not None for b in best)
    worse = sum(b is not None and (m is None or m.score < b[1]) for m, b in zip(ours, best, strict=True))
    print(f"one question to a memory of {len(texts)} texts: {quick * 1000:.2f} ms (every text: {slow * 1000:.2f} ms)")
    print(f"of {found} texts that have a like one, {worse} got a lesser one or none")


if __name__ == "__main__":
    main()
