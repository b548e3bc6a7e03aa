"""Writes the articles of a made-up library: the parts of a real one, in words drawn by chance from a seed."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from synthetic import vocabulary
from synthetic.vocabulary import WORDS

_SLOT = re.compile(r"\{(\w+)(\^?)\}")
_A = re.compile(r"\b(a|A)(?= [aeiou])")
EMERGENCY = "Call {{emergency_number}} now if:"
URGENT = "Ask for an urgent appointment if:"
DISCLAIMER = "This page is for information only, so ask your own doctor or nurse about your health."
IMAGE = "heartbeat-even-uneven.svg"


@dataclass(frozen=True)
class Known:
    """Texts of real articles, which have real translations."""

    emergencies: Sequence[str]
    items: Sequence[str]
    sentences: Sequence[str]


@dataclass(frozen=True)
class Name:
    """What an article is called, before it is written: others link to it."""

    topic: str
    file: str
    title: str


class Writer:
    """Writes articles, each from the seed and its number alone."""

    def __init__(self, seed: int, count: int, known: Known) -> None:
        self._seed, self._known = seed, known
        self.names = [self._name(number) for number in range(count)]

    def _random(self, *what: object) -> random.Random:
        return random.Random(f"{self._seed} {what}")

    def _name(self, number: int) -> Name:
        chance = self._random("name", number)
        title = _fill(chance.choice(vocabulary.TITLES), chance)
        slug = re.sub(r"[^a-z]+", "-", title.lower()).strip("-")
        topic = vocabulary.TOPICS[number % len(vocabulary.TOPICS)]
        return Name(topic, f"{slug}-{number:05}", title)

    def article(self, number: int) -> str:
        """The Markdown of an article."""
        chance = self._random("article", number)
        body = "\n\n".join(self._body(chance, number))
        return f"{self._front(chance, self.names[number], IMAGE in body)}\n{body}\n"

    def _front(self, chance: random.Random, name: Name, has_image: bool) -> str:
        summary = " ".join(_fill(frame, chance) for frame in chance.sample(vocabulary.SENTENCES, 2))
        rows = [
            "---",
            f"id: {name.topic}/{name.file}",
            f"title: {name.title}",
            "also_called:",
            f"  - {_fill('{kind} {part} with {sign}', chance)}",
            "lang: en",
            f"summary: >-\n{textwrap.indent(textwrap.fill(summary, 98), '  ')}",
            "audience: patients",
            "authors:\n  - name: Plainleaf example library",
            "reviewers: []",
            "published: 2026-11-21\nlast_reviewed: null\nnext_review: null",
            'version: "1.0"',
            "sources:\n  - title: Made up by a program to measure with. Not for readers.",
        ]
        if has_image:
            rows += [f"media:\n  - file: ../images/{IMAGE}\n    type: image\n    alt: Two lines that show heartbeats."]
        rows += ["licence: CC-BY-4.0", f"disclaimer: {DISCLAIMER}", "---", ""]
        return "\n".join(rows)

    def _body(self, chance: random.Random, number: int) -> Iterator[str]:
        items = chance.sample(self._known.emergencies, chance.randint(3, 5)) + _some(vocabulary.ITEMS, 1, chance)
        yield f"::: {{.emergency}}\n## {EMERGENCY}\n\n{_list(items)}\n:::"
        yield "## What it is"
        yield from (self._paragraph(chance) for _ in range(chance.randint(2, 4)))
        if number % 3 == 0:
            alt = _fill(vocabulary.ALTS[0], chance)
            yield f'![{alt}](../images/{IMAGE} "{_fill("A {kind} {part}", chance)}")'
        yield "## Symptoms"
        yield vocabulary.INTROS["Symptoms"]
        yield _list(_some(vocabulary.ITEMS, chance.randint(5, 8), chance))
        yield "## When to get help"
        urgent = _list(_some(vocabulary.ITEMS, chance.randint(3, 4), chance))
        yield f"::: {{.urgent}}\n### {URGENT}\n\n{urgent}\n:::"
        yield self._paragraph(chance)
        yield "## Causes"
        yield vocabulary.INTROS["Causes"]
        others = [self._link(chance, number)] if len(self.names) >= 2 * len(vocabulary.TOPICS) else []
        yield _list([*_some(vocabulary.ITEMS[7:10], 3, chance), *chance.sample(self._known.items, 2), *others])
        if number % 3 == 1:
            yield from self._table(chance)
        yield "## Treatment"
        yield from (self._paragraph(chance) for _ in range(chance.randint(3, 4)))
        yield "## Looking after yourself"
        steps = _some(vocabulary.STEPS, chance.randint(5, 7), chance)
        yield "\n".join(f"{place}. {text}" for place, text in enumerate(steps, 1))
        yield "## Complications"
        yield self._paragraph(chance)
        yield _list(_some(vocabulary.QUESTIONS, chance.randint(3, 4), chance))

    def _paragraph(self, chance: random.Random) -> str:
        parts = [_fill(frame, chance) for frame in chance.sample(vocabulary.SENTENCES, chance.randint(2, 3))]
        # A part of the paragraphs is real text with a real translation.
        if chance.random() < 0.25:
            return chance.choice(self._known.sentences)
        return textwrap.fill(" ".join(parts), 98)

    def _link(self, chance: random.Random, number: int) -> str:
        step = len(vocabulary.TOPICS)
        places = [n for n in range(number % step, len(self.names), step) if n != number]
        other = self.names[chance.choice(places)]
        return f"{_fill('{cause}', chance)} ([{other.title.lower()}]({other.file}.md))"

    def _table(self, chance: random.Random) -> Iterator[str]:
        yield "## How it is found"
        rows = ["| Sign | When it starts | What to do |", "| --- | --- | --- |"]
        for _ in range(chance.randint(3, 5)):
            cells = ("{sign^}", "After {n} to {m} {unit}", "{use^} {thing}")
            rows.append(f"| {' | '.join(_fill(cell, chance) for cell in cells)} |")
        yield "\n".join(rows)


def _some(frames: Sequence[str], count: int, chance: random.Random) -> list[str]:
    """So many different texts."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[_fill(chance.choice(frames), chance)] = None
    return list(found)


def _list(items: Sequence[str]) -> str:
    return "\n".join(f"- {text}" for text in items)


def _fill(frame: str, chance: random.Random) -> str:
    """A frame with words in its slots. No word is taken twice; {slot^} begins with a capital."""
    used: set[str] = set()
    low = chance.randint(2, 9)

    def word(match: re.Match[str]) -> str:
        slot = match[1]
        if slot in ("n", "m"):
            return str(low if slot == "n" else low + chance.randint(1, 8))
        text = chance.choice([w for w in WORDS[slot] if w not in used])
        used.add(text)
        return text[0].upper() + text[1:] if match[2] else text

    return _A.sub(r"\1n", _SLOT.sub(word, frame))
