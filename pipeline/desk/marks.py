"""A text with its findings marked in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from pipeline.desk.looks import SEVERITIES
from pipeline.desk.words import Words
from pipeline.model import Severity


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding, or one other span, in a text."""

    start: int
    """Offset in characters into the text that is marked."""
    end: int
    severity: Severity | None
    """None for what is only pointed at, such as a hard sentence or a number."""
    number: int = 0
    """Of the finding on its page: the mark is ``#m3`` and leads to ``#f3``; 0 for none of both."""
    message: str = ""
    name: str = ""
    """The CSS class of a mark without a severity."""
    id: str = ""
    """Of a mark without a severity, to be led to."""


def marked(
    text: str, marks: Iterable[Mark], words: Words, *, plain: Callable[[str], Markup] = escape, target: str = "f"
) -> Markup:
    """A text as HTML with ``<mark>`` around each span; marks may lie in one another, or cross.

    plain: makes HTML of a piece without marks; it must escape it. target: what the links to the findings begin with.
    """
    marks = list(marks)
    if not marks:
        return plain(text)
    size = len(text)
    found = [replace(m, start=min(max(m.start, 0), size), end=min(max(m.end, m.start, 0), size)) for m in marks]
    return Markup("").join(_pieces(text, 0, size, sorted(found, key=_order), _Writer(words, plain, target)))


def _order(mark: Mark) -> tuple[int, int, int]:
    return mark.start, -mark.end, mark.number


@dataclass(frozen=True, slots=True)
class _Writer:
    words: Words
    plain: Callable[[str], Markup]
    target: str

    def opening(self, mark: Mark, *, is_more: bool) -> Markup:
        if mark.severity is None:
            place = Markup(' id="{}"').format(mark.id) if mark.id else ""
            return Markup('<span class="{}"{}>').format(mark.name, place)
        look = SEVERITIES[mark.severity]
        if is_more or not mark.number:
            return Markup('<mark class="{}">').format(look.name)
        name = self.words.say("{severity} {number} begins:", severity=self.words.say(look.word), number=mark.number)
        return Markup('<mark class="{}" id="m{}"><span class="vh">{} </span>').format(look.name, mark.number, name)

    def closing(self, mark: Mark, *, is_last: bool) -> Markup:
        if mark.severity is None:
            return Markup("</span>")
        if not is_last or not mark.number:
            return Markup("</mark>")
        return Markup("</mark>") + self.reference(mark)

    def reference(self, mark: Mark) -> Markup:
        """The small number after a mark; it leads to the finding."""
        assert mark.severity is not None
        look = SEVERITIES[mark.severity]
        name = f"{self.words.say(look.word)} {mark.number}: {self.words.tell(mark.message)}"
        return Markup(
            '<a class="ref {}" href="#{}{}" title="{}"><span class="vh">{} </span>'
            '<span aria-hidden="true">{}</span>{}</a>'
        ).format(look.name, self.target, mark.number, name, self.words.say(look.word), look.sign, mark.number)


def _pieces(text: str, start: int, end: int, marks: list[Mark], how: _Writer) -> Iterable[Markup]:
    """The text from start to end as HTML; marks: those that begin in it, in their order."""
    position = start
    waiting = [(mark, False) for mark in marks]
    while waiting:
        mark, is_more = waiting.pop(0)
        stop = min(mark.end, end)
        yield how.plain(text[position : mark.start])
        inside: list[Mark] = []
        later: list[tuple[Mark, bool]] = []
        for other, other_more in waiting:
            if other.start >= stop and not (other.start == other.end == stop and mark.start < stop):
                later.append((other, other_more))
            elif other.end <= stop:
                inside.append(other)
            else:
                # It crosses the end: its number stands at the end of the second part.
                inside.append(replace(other, end=stop, number=0, id=""))
                later.append((replace(other, start=stop), other_more))
        yield how.opening(mark, is_more=is_more)
        yield from _pieces(text, mark.start, stop, inside, how)
        yield how.closing(mark, is_last=True)
        position, waiting = stop, sorted(later, key=lambda row: _order(row[0]))
    yield how.plain(text[position:end])
