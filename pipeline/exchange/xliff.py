"""Writes XLIFF 2.1 (OASIS Standard, 13 February 2018): one file for one article in one language.

Markup is protected as inline codes, whose Markdown stands in <originalData>. A translation that may be used as it
is has the state "translated"; a machine's draft and an empty one "initial"; a signed one is "final" and not to be
translated. The translation of an older source is only offered, as a candidate of the Translation Candidates module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from rapidfuzz import fuzz

from pipeline.exchange.model import Outgoing, Unit, tag
from pipeline.inline import FREE_KINDS, Code, Piece, pieces
from pipeline.language import load_language
from pipeline.model import State

CATEGORY = "plainleaf"
"""Of our metadata, notes and sub-states."""
NAMESPACES = {
    "": "urn:oasis:names:tc:xliff:document:2.0",
    "mda": "urn:oasis:names:tc:xliff:metadata:2.0",
    "mtc": "urn:oasis:names:tc:xliff:matches:2.0",
    "slr": "urn:oasis:names:tc:xliff:sizerestriction:2.0",
}
_STATES = {State.MISSING: "initial", State.FUZZY: "initial", State.DRAFT: "initial", State.TRANSLATED: "translated"}
_TYPES = {
    "bold": ("fmt", "xlf:b"),
    "emphasis": ("fmt", "xlf:i"),
    "strike-through": ("fmt", ""),
    "superscript": ("fmt", ""),
    "line-break": ("fmt", "xlf:lb"),
    "link": ("link", ""),
    "address": ("link", ""),
    "footnote": ("link", ""),
    "image": ("image", ""),
    "placeholder": ("ui", "xlf:var"),
}
"""Kind of code -> type and subType of the specification, section 4.3.1.38."""
_NO_TOKEN = re.compile(r"[^A-Za-z0-9._-]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def render(outgoing: Outgoing) -> str:
    """The text of an XLIFF file; the same for the same input."""
    original, language = outgoing.original, load_language(outgoing.language)
    names = " ".join(f"xmlns{prefix and ':' + prefix}={quoteattr(uri)}" for prefix, uri in NAMESPACES.items())
    limited = any(unit.limit for unit in outgoing.units)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff {names} version="2.1" srcLang="{tag(outgoing.source_language)}" trgLang="{language.tag}">',
        f'  <file id="{_NO_TOKEN.sub(".", original.article)}" original={_attribute(original.path)} '
        f'canResegment="no" srcDir="{load_language(outgoing.source_language).direction}" '
        f'trgDir="{language.direction}" xml:space="preserve">',
    ]
    if limited:
        lines.append('    <slr:profiles generalProfile="xliff:codepoints"/>')
    for unit in outgoing.units:
        lines += (f"    {line}" for line in _unit(unit, outgoing))
    return "\n".join([*lines, "  </file>", "</xliff>", ""])


def _unit(unit: Unit, outgoing: Outgoing) -> Iterator[str]:
    codes = _Codes()
    source = codes.content(unit.source, unit.is_plain)
    is_offered = unit.state in (State.FUZZY, State.MISSING) and bool(unit.text)
    target = codes.content(unit.text, unit.is_plain) if unit.text and not is_offered else ""
    limit = f' slr:sizeRestriction="{unit.limit}"' if unit.limit else ""
    yield f'<unit id="{unit.id}"{limit}{_NOT_TO_TRANSLATE if unit.is_signed else ""}>'
    if is_offered:
        yield from (f"  {line}" for line in _candidate(unit))
    yield f'  <mda:metadata><mda:metaGroup category="{CATEGORY}">'
    yield f'    <mda:meta type="exported">{unit.exported}</mda:meta>'
    yield "  </mda:metaGroup></mda:metadata>"
    notes = [*unit.notes, *_state_notes(unit)]
    if notes:
        yield "  <notes>"
        yield from (f'    <note category="{CATEGORY}">{_text(note)}</note>' for note in notes)
        yield "  </notes>"
    yield from (f"  {line}" for line in codes.original_data())
    state = "final" if unit.is_signed else _STATES[unit.state]
    yield f'  <segment id="s1" state="{state}">'
    yield f'    <source xml:lang="{tag(outgoing.source_language)}">{source}</source>'
    if target:
        yield f'    <target xml:lang="{tag(outgoing.language)}">{target}</target>'
    yield "  </segment>"
    yield "</unit>"


_NOT_TO_TRANSLATE = ' translate="no"'


def _state_notes(unit: Unit) -> Iterator[str]:
    if unit.is_signed:
        yield "Signed: not to be changed."
    elif unit.state is State.DRAFT:
        yield "The translation is a machine's draft that nobody has checked: correct it, then mark it as translated."
    elif unit.state is State.FUZZY:
        yield f'The source has changed. It was: "{unit.previous}"' if unit.previous else "The source has changed."


def _candidate(unit: Unit) -> Iterator[str]:
    """What an older source was translated as."""
    codes = _Codes()
    older = unit.previous or unit.source
    source, target = codes.content(older, unit.is_plain), codes.content(unit.text, unit.is_plain)
    similarity = fuzz.ratio(older, unit.source) if unit.previous else 0.0
    quality = f' similarity="{similarity:.1f}"' if unit.previous else ""
    yield "<mtc:matches>"
    yield f'  <mtc:match ref="#s1" type="tm" origin="plainleaf"{quality}>'
    yield from (f"    {line}" for line in codes.original_data())
    yield f"    <source>{source}</source>"
    yield f"    <target>{target}</target>"
    yield "  </mtc:match>"
    yield "</mtc:matches>"


class _Codes:
    """The inline codes of one unit: the same number for the same code in source and target."""

    def __init__(self) -> None:
        self._data: dict[str, str] = {}
        self._left: dict[Code, list[int]] = {}
        self._last = 0

    def content(self, text: str, is_plain: bool) -> str:
        """A text as the content of <source> or <target>. The source comes first."""
        found = pieces(text, is_plain)
        whole = _whole_codes(found)
        free, self._left = self._left, {}
        numbers: dict[int, int] = {}
        for number, code in whole.items():
            known = free.get(code)
            if known:
                numbers[number] = known.pop(0)
            else:
                self._last += 1
                numbers[number] = self._last
            self._left.setdefault(code, []).append(numbers[number])
        return "".join(self._piece(piece, whole, numbers) for piece in found)

    def original_data(self) -> Iterator[str]:
        """The Markdown behind the codes."""
        if self._data:
            yield "<originalData>"
            for text, name in self._data.items():
                yield f'  <data id="{name}">{_content(text)}</data>'
            yield "</originalData>"

    def _piece(self, piece: Piece, whole: dict[int, Code], numbers: dict[int, int]) -> str:
        if piece.role == "text":
            return _content(piece.text)
        if piece.role == "close":
            return "</pc>"
        code, number = whole[piece.number], numbers[piece.number]
        kind, sub = _TYPES.get(code.kind, ("other", ""))
        about = f' type="{kind}"' + (f' subType="{sub}"' if sub else "")
        if code.kind not in FREE_KINDS:
            about = f' canCopy="no" canDelete="no"{about}'
        if piece.role == "alone":
            shown = "" if code.kind == "line-break" else f" disp={_attribute(code.opening)}"
            return f'<ph id="{number}"{about}{shown} dataRef="{self._reference(code.opening)}"/>'
        return (
            f'<pc id="{number}"{about} dataRefStart="{self._reference(code.opening)}" '
            f'dataRefEnd="{self._reference(code.closing)}" dispStart={_attribute(code.opening)} '
            f"dispEnd={_attribute(code.closing)}>"
        )

    def _reference(self, text: str) -> str:
        return self._data.setdefault(text, f"d{len(self._data) + 1}")


def _whole_codes(found: tuple[Piece, ...]) -> dict[int, Code]:
    """Each code of a text by its number, in order."""
    closing = {piece.number: piece.text for piece in found if piece.role == "close"}
    return {
        piece.number: Code(piece.kind, piece.text, closing.get(piece.number, ""))
        for piece in found
        if piece.role in ("alone", "open")
    }


def _content(text: str) -> str:
    """A text for an element that may hold <cp>; characters that XML cannot hold become one."""
    return _NOT_XML.sub(lambda m: f'<cp hex="{ord(m[0]):04X}"/>', escape(text, {"\r": "&#13;"}))


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))
