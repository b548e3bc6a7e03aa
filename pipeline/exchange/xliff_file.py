"""Reads XLIFF 2 that came back from a translator, whatever tool wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.exchange.model import Returned, ReturnedFile
from pipeline.exchange.xliff import CATEGORY, NAMESPACES
from pipeline.exchange.xml import Element
from pipeline.exchange.xml import read as read_xml
from pipeline.model import PlainleafError

_CORE, _MDA, _MTC = (f"{{{NAMESPACES[prefix]}}}" for prefix in ("", "mda", "mtc"))
_ITS = "{http://www.w3.org/2005/11/its}"
_ARTICLE = re.compile(r"(?:^|[/\\])source[/\\](.+)\.(?:md|toml)$")
_MACHINE = re.compile(r"machine|(?:^|[:_-])mt(?:$|[:_-])", re.IGNORECASE)
_FINISHED = ("translated", "reviewed", "final")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
Part = tuple[bool, str]


class _ProblemError(ValueError):
    """Why one unit cannot be read."""


def read(content: bytes, path: Path) -> list[ReturnedFile]:
    """The articles in an XLIFF file. Raises PlainleafError when it is no XLIFF 2, or does not say whose it is."""
    root = read_xml(content, path)
    if root.name != f"{_CORE}xliff":
        older = "urn:oasis:names:tc:xliff:document:1" in root.name or root.attributes.get("version", "").startswith("1")
        what = "XLIFF 1, which keeps too little of the markup" if older else "no XLIFF file"
        raise PlainleafError(f"{path}:{root.line}: {what}: ask for XLIFF 2, the version that was sent")
    language = root.attributes.get("trgLang", "")
    if not language:
        raise PlainleafError(f"{path}:{root.line}: the file does not say its language (trgLang): ask for it again")
    return [
        ReturnedFile(
            path,
            _article(file, path),
            root.attributes.get("srcLang", ""),
            language,
            tuple(_returned(unit, root) for unit in file.all(f"{_CORE}unit")),
        )
        for file in root.named(f"{_CORE}file")
    ]


def _article(file: Element, path: Path) -> str:
    match = _ARTICLE.search(file.attributes.get("original", ""))
    if not match:
        raise PlainleafError(
            f"{path}:{file.line}: the file does not say which article it holds: original must be "
            f"source/TOPIC/ARTICLE.md, and is {file.attributes.get('original', '')!r}"
        )
    return match[1].replace("\\", "/")


def _returned(unit: Element, root: Element) -> Returned:
    name = unit.attributes.get("id", "")
    try:
        return _read_unit(unit, name, root)
    except _ProblemError as problem:
        source = "".join(element.text for element in unit.all(f"{_CORE}source"))
        return Returned(source, "", unit.line, name, problem=str(problem))


def _read_unit(unit: Element, name: str, root: Element) -> Returned:
    segments = _in_order([*unit.named(f"{_CORE}segment", f"{_CORE}ignorable")])
    codes = _Codes({data.attributes.get("id", ""): _characters(data) for data in _data(unit)})
    source: list[Part] = []
    target: list[Part] = []
    has_target = False
    for segment in (s for s in unit.elements if s in segments):
        for element in segment.named(f"{_CORE}source"):
            source += codes.parts(element)
    for segment in segments:
        found = next(segment.named(f"{_CORE}target"), None)
        has_target |= found is not None and segment.name == f"{_CORE}segment"
        _refuse_other_language(found, root)
        if found is None and segment.name == f"{_CORE}ignorable":
            found = next(segment.named(f"{_CORE}source"), None)
        target += codes.parts(found) if found is not None else []
    states = {s.attributes.get("state", "initial") for s in segments if s.name == f"{_CORE}segment"}
    joined = "".join(text for _, text in target) if has_target else ""
    return Returned(
        source="".join(text for _, text in source),
        text=joined,
        line=unit.line,
        unit=name,
        parts=tuple(target),
        is_finished=all(state in _FINISHED for state in states),
        is_machine_made=_is_machine_made(unit, segments, "".join(text for is_code, text in target if not is_code)),
        is_locked=unit.attributes.get("translate") == "no",
        exported=_exported(unit),
        remarks=tuple(_remarks(unit)),
    )


def _in_order(segments: Sequence[Element]) -> list[Element]:
    """Segments in the order of the target, which the attribute ``order`` of a target may change."""
    places = {id(s): number for number, s in enumerate(segments, 1)}

    def place(segment: Element) -> int:
        order = next((t.attributes["order"] for t in segment.named(f"{_CORE}target") if "order" in t.attributes), "")
        return int(order) if order.isdigit() else places[id(segment)]

    return sorted(segments, key=place)


def _refuse_other_language(target: Element | None, root: Element) -> None:
    said = target.attributes.get(_LANGUAGE) if target is not None else None
    if said and said.lower() != root.attributes["trgLang"].lower():
        raise _ProblemError(f"the translation says that it is in {said}")


def _data(unit: Element) -> Iterator[Element]:
    for original in unit.named(f"{_CORE}originalData"):
        yield from original.named(f"{_CORE}data")


def _characters(element: Element) -> str:
    """The text of an element that holds characters and <cp>."""
    return "".join(item if isinstance(item, str) else _character(item) for item in element.content)


def _character(element: Element) -> str:
    if element.name != f"{_CORE}cp":
        raise _ProblemError(f"<{element.name.rpartition('}')[2]}> stands where only text may")
    try:
        return chr(int(element.attributes["hex"], 16))
    except (KeyError, ValueError):
        raise _ProblemError("a <cp> names no character") from None


@dataclass(slots=True)
class _Codes:
    """The Markdown behind the inline codes of one unit."""

    data: Mapping[str, str]
    known: dict[str, tuple[str, str]] = field(default_factory=dict)
    """What each id stood for when it was met first, in the source."""

    def parts(self, element: Element) -> list[Part]:
        """The content of <source> or <target>: prose, and codes as their Markdown."""
        found: list[Part] = []
        for item in element.content:
            if isinstance(item, str):
                found.append((False, item))
                continue
            name, attributes = item.name.removeprefix(_CORE), item.attributes
            if name == "cp":
                found.append((False, _character(item)))
            elif name == "ph":
                found.append((True, self._text(attributes, "dataRef", "", 0)))
            elif name == "pc":
                start = self._text(attributes, "dataRefStart", "dataRefEnd", 0)
                end = self._text(attributes, "dataRefEnd", "dataRefStart", 1)
                found += [(True, start), *self.parts(item), (True, end)]
            elif name == "sc":
                found.append((True, self._text(attributes, "dataRef", "", 0)))
            elif name == "ec":
                found.append((True, self._text(attributes, "dataRef", "", 1)))
            elif name in ("mrk", "sm", "em"):
                found += self.parts(item)
            else:
                raise _ProblemError(f"<{name}> is no inline element of XLIFF 2")
        return found

    def _text(self, attributes: Mapping[str, str], key: str, other: str, side: int) -> str:
        name = attributes.get("startRef") or attributes.get("id", "")
        reference = attributes.get(key)
        if reference is None:
            known = self.known.get(name)
            if known is None or not known[side]:
                raise _ProblemError(f"nothing says what the code {name!r} stands for")
            return known[side]
        if reference not in self.data:
            raise _ProblemError(f"the code {name!r} names {reference!r}, which is not in <originalData>")
        text = self.data[reference]
        pair = list(self.known.get(name, ("", "")))
        pair[side] = pair[side] or text
        if other:
            pair[1 - side] = pair[1 - side] or self.data.get(attributes.get(other, ""), "")
        self.known[name] = (pair[0], pair[1])
        return text


def _exported(unit: Element) -> str:
    for meta in unit.all(f"{_MDA}meta"):
        if meta.attributes.get("type") == "exported":
            return meta.text.strip()
    return ""


def _remarks(unit: Element) -> Iterator[str]:
    """The notes that are not ours: the translator asks or tells something."""
    for notes in unit.named(f"{_CORE}notes"):
        for note in notes.named(f"{_CORE}note"):
            if note.attributes.get("category") != CATEGORY and note.text.strip():
                yield " ".join(note.text.split())


def _is_machine_made(unit: Element, segments: Sequence[Element], text: str) -> bool:
    """Whether the file says so: in a sub-state, in ITS, or with a candidate from a machine that was taken as it is."""
    if any(_MACHINE.search(s.attributes.get("subState", "")) for s in segments):
        return True
    if any(f"{_ITS}mtConfidence" in e.attributes for e in [unit, *unit.all(f"{_CORE}mrk", f"{_CORE}sm")]):
        return True
    for match in unit.all(f"{_MTC}match"):
        targets = ["".join(i for i in t.content if isinstance(i, str)) for t in match.named(f"{_CORE}target")]
        if match.attributes.get("type") == "mt" and text.strip() and text in targets:
            return True
    return False
