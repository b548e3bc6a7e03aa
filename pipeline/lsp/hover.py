"""What is shown for the words under the pointer: why a finding matters, the plain word, and what the glossary says."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check_docs import documentation
from pipeline.checks import all_checks
from pipeline.glossary import Term, find_terms
from pipeline.language import load_language
from pipeline.lsp.desk import Checked, Desk
from pipeline.lsp.places import entry_at
from pipeline.model import Finding, PlainleafError


def hover(desk: Desk, checked: Checked, offset: int, docs: str) -> tuple[str, int, int] | None:
    """Markdown, and the span that it is about; None when there is nothing to say."""
    found = [f for f in checked.findings if f.start <= offset < max(f.end, f.start + 1)]
    parts = [_finding(f, docs) for f in found]
    terms = list(_terms(desk, checked, offset))
    parts += [text for text, _, _ in terms]
    if not parts:
        return None
    spans = [(f.start, f.end) for f in found] or [(start, end) for _, start, end in terms]
    start, end = min(spans, key=lambda span: span[1] - span[0])
    return "\n\n---\n\n".join(parts), start, end


def _finding(found: Finding, docs: str) -> str:
    check = next(check for check in all_checks() if check.name == found.check)
    lines = [f"**{found.check}** ({found.severity.value}): {_plain(found.message)}"]
    if found.suggestions:
        lines.append("Write: " + ", ".join(f"**{_plain(text)}**" for text in found.suggestions))
    lines.append(f"*Why:* {documentation(check).why}")
    standard = f"Standard: {found.standard}. " if found.standard else ""
    lines.append(f"{standard}[About this check]({docs}#{found.check})")
    return "\n\n".join(lines)


def _terms(desk: Desk, checked: Checked, offset: int) -> Iterator[tuple[str, int, int]]:
    """Each term of the glossary at this place, or in the message of a catalogue, and where it stands."""
    text = checked.text
    try:
        buffers = desk.buffers(text.path)
        terms = buffers.context().glossary
    except PlainleafError:
        return
    if not text.is_catalogue:
        start, end = text.places.line_start(offset), text.places.line_end(offset)
        for first, last, term in find_terms(terms, text.text[start:end]):
            if start + first <= offset < start + last:
                yield _term(term, tuple(term.translations)), start + first, start + last
        return
    entry = entry_at(text.text, offset)
    place = buffers.place(text.path)
    if entry and place:
        for term in {term.name: term for _, _, term in find_terms(terms, entry.entry.msgid)}.values():
            yield _term(term, (place[0],)), entry.start, entry.end


def _term(term: Term, languages: tuple[str, ...]) -> str:
    lines = [f"**{_plain(term.name)}** (glossary)" + (f": {_plain(term.explanation)}" if term.explanation else "")]
    if term.do_not_translate:
        lines.append("It is not translated.")
    for language in languages:
        words = term.translations.get(language)
        if words:
            lines.append(f"{load_language(language).english_name}: " + ", ".join(_plain(word) for word in words))
    if term.note:
        lines.append(f"*For translators:* {_plain(term.note)}")
    return "\n\n".join(lines)


def _plain(text: str) -> str:
    """A text in which no character is taken for Markdown."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]<>()#|~" else c for c in text).replace("\n", "  \n")
