"""SSML 1.1 (W3C Recommendation, 2010): the leaflet for a speech synthesiser, sentence by sentence.

Telephone numbers and dates are told as such (W3C Note "SSML 1.0 say-as attribute values", 2005), and each piece
names its language, so that an English title in an Arabic leaflet is spoken in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import pairwise

from pipeline.formats import Leaflet
from pipeline.formats.linear import Block, Run, linear
from pipeline.formats.pandoc import Document
from pipeline.model import Segment
from pipeline.prose import Unit, sentences

_PAUSES = {"heading": "x-strong", "label": "strong", "item": "medium", "term": "weak"}
"""Before each kind of block; the others have the pause that a paragraph has anyway."""
_TELEPHONE = r"(?:\+\d[\d ()-]{6,}\d|0\d[\d ()-]{5,}\d|\(0\d+\)[\d -]{4,}\d)"
_DATE = r"\d{4}-\d{2}-\d{2}"
_YEAR = re.compile(r"(?:19|20)\d\d")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def render(leaflet: Leaflet, document: Document) -> bytes:
    """The leaflet as an SSML document in UTF-8."""
    speech = _Speech(leaflet)
    lines = [line for block in linear(leaflet, document) for line in speech.block(block)]
    tag = leaflet.language.tag
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="{tag}">\n'
        f'<metadata><title xmlns="http://purl.org/dc/elements/1.1/">{escape(leaflet.article.title)}</title></metadata>\n'
        + "\n".join(lines)
        + "\n</speak>\n"
    ).encode()


class _Speech:
    """What is said of one leaflet."""

    def __init__(self, leaflet: Leaflet) -> None:
        self._language = leaflet.language.tag
        own = leaflet.source.meta.get("emergency_number")
        emergency = own if isinstance(own, str) else leaflet.settings.emergency_number
        parts = [f"(?P<telephone>{_TELEPHONE}|(?<![\\d.,]){re.escape(emergency)}(?![.,]?\\d))", f"(?P<date>{_DATE})"]
        parts.append(r"(?<![\w.,/:–-])(?P<cardinal>\d{1,6})(?![\w/:–-]|[.,]\d)")
        self._said = re.compile("|".join(parts))

    def block(self, block: Block) -> Iterator[str]:
        """The elements for one block."""
        if block.kind in _PAUSES:
            yield f'<break strength="{_PAUSES[block.kind]}"/>'
        inner = [self._sentence(runs) for runs in _sentences(block)]
        # The number of a step is a part of what it says; a dash is not.
        if block.marker[:-1].isdigit() and inner:
            number = block.marker[:-1]
            inner[0] = f'<say-as interpret-as="ordinal">{number}</say-as><break strength="weak"/> {inner[0]}'
        if block.kind in ("heading", "label"):
            inner = [f'<emphasis level="moderate">{text}</emphasis>' for text in inner]
        yield "<p>" + "".join(f"<s>{text}</s>" for text in inner) + "</p>"

    def _sentence(self, runs: tuple[Run, ...]) -> str:
        return "".join(self._run(run) for run in runs).strip()

    def _run(self, run: Run) -> str:
        # An address is no speech: the printed or linked leaflet has it.
        if not run.language:
            return ""
        said, end = "", 0
        for match in self._said.finditer(run.text):
            said += _text(run.text[end : match.start()]) + _number(match)
            end = match.end()
        said += _text(run.text[end:])
        return said if run.language == self._language else f'<lang xml:lang="{run.language}">{said}</lang>'


def _number(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    if kind == "cardinal" and _YEAR.fullmatch(match[0]):
        return _text(match[0])
    how = ' format="ymd"' if kind == "date" else ""
    return f'<say-as interpret-as="{kind}"{how}>{_text(match[0])}</say-as>'


def _text(text: str) -> str:
    return escape(_CONTROL.sub(" ", text), quote=False)


def _sentences(block: Block) -> Iterator[tuple[Run, ...]]:
    """The block's runs, cut where sentences begin. Nothing is left out."""
    unit = Unit(Segment(block.kind, block.text, 0, 0, 1, 1), 0, block.text)
    starts = [sentence.start for sentence in sentences(unit)][1:]
    edges = [0, *starts, len(block.text)]
    for start, end in pairwise(edges):
        cut, place = [], 0
        for run in block.runs:
            text = run.text[max(start - place, 0) : max(end - place, 0)]
            place += len(run.text)
            if text:
                cut.append(Run(text, run.language, run.is_number))
        if cut:
            yield tuple(cut)
