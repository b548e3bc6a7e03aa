"""Learn pipeline/importing/data/labels.json from pages that were labelled by hand.

    python -m tools.make_import_labels DIR... [--try]

DIR holds labelled pages as benchmarks/importing.py reads them: each line begins with H, B, L or X and a bar. --try
writes nothing, and tells how many lines of each folder are labelled right when the weights are learned from the others.

Needs python-crfsuite (pip install "plainleaf[train]"). The same pages give the same bytes. What is written holds no
word of the pages.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

import pycrfsuite

from benchmarks.importing import labelled
from pipeline.files import write_whole
from pipeline.importing import learned
from pipeline.importing.classify import classify, furnished
from pipeline.importing.features import Row, all_names, describe
from pipeline.importing.lines import read_lines
from pipeline.importing.nouns import Line, Mended
from pipeline.importing.vocabulary import detect

TARGET = Path(learned.__file__).parent / "data" / "labels.json"
LABELS = [label.value for label in learned.LABELS]
SHRINK = 6.0
"""Weight of the squares (L2): found on pages that were not learned from."""
LEAST = 0.02
"""A feature whose weights are all smaller is left out."""


@dataclass(frozen=True, slots=True)
class Page:
    """One labelled page."""

    text: str
    wanted: dict[int, str]
    rows: list[Row]
    labels: list[str]


def main() -> None:
    """Learn and write, or try."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", metavar="DIR", nargs="+", type=Path)
    parser.add_argument("--try", dest="is_trial", action="store_true")
    arguments = parser.parse_args()
    pages = {folder: [read(path) for path in sorted(folder.glob("*.txt"))] for folder in arguments.folders}
    if arguments.is_trial:
        for folder, own in pages.items():
            use(learn([page for other, found in pages.items() if other != folder for page in found]))
            right, total = map(sum, zip(*(score(page) for page in own), strict=True))
            print(f"{folder}: {right}/{total} {right / total:.1%}")
        return
    table = learn([page for found in pages.values() for page in found])
    rows = ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(table.features.items()))
    text = f'{{"moves": {json.dumps(table.moves)},\n"features": {{\n{rows}\n}}}}\n'
    write_whole(TARGET, text.encode())
    print(f"{TARGET}: {len(table.features)} features from {sum(map(len, pages.values()))} pages")


def read(path: Path) -> Page:
    """A labelled page with its rows; a block that was joined of lines has the label of most of them."""
    text, wanted = labelled(path.read_text(encoding="utf-8"))
    lines, mended, language = _lines(text)
    blocks, page = furnished(lines, mended, language, lambda _: False)
    counts = [Counter(wanted.get(line.number, "boilerplate") for line in block.lines) for block in blocks]
    labels = [count.most_common(1)[0][0] for count in counts]
    return Page(text, wanted, describe(blocks, page), labels)


def _lines(text: str) -> tuple[list[Line], Mended, str]:
    mended = Mended()
    lines = read_lines(text, mended)
    return lines, mended, detect(" ".join(line.text for line in lines[:400]))


@dataclass(frozen=True, slots=True)
class Table:
    """What was learned: a row for each label that moves lead from, and one for each feature."""

    moves: list[list[float]]
    features: dict[str, list[float]]


def learn(pages: Sequence[Page]) -> Table:
    """The weights of the features and of the moves from label to label."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.0, "c2": SHRINK, "max_iterations": 300, "feature.possible_transitions": True})
    for page in pages:
        trainer.append(all_names(page.rows), page.labels)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    found: dict[str, list[float]] = {}
    for (name, label), weight in info.state_features.items():
        found.setdefault(name, [0.0] * len(LABELS))[LABELS.index(label)] = round(weight, 3)
    moves = [[round(info.transitions.get((a, b), 0.0), 3) for b in LABELS] for a in LABELS]
    return Table(moves, {name: row for name, row in found.items() if max(map(abs, row)) >= LEAST})


def use(table: Table) -> None:
    """Let the importer use these weights."""
    features = {name: (row[0], row[1], row[2], row[3]) for name, row in table.features.items()}
    moves = tuple((exp(row[0]), exp(row[1]), exp(row[2]), exp(row[3])) for row in table.moves)
    found = learned.Weights(features, moves)
    learned.weights = lambda: found  # type: ignore[assignment]
    learned._weigh.cache_clear()
    learned._weigh_seen.cache_clear()


def score(page: Page) -> tuple[int, int]:
    """How many lines of a page are labelled right, of how many."""
    lines, mended, language = _lines(page.text)
    got = dict(classify(lines, mended, language, lambda _: False, marked_up=False).labels())
    return sum(got[number].value == name for number, name in page.wanted.items()), len(page.wanted)


if __name__ == "__main__":
    main()
