"""Makes a translation fit the place of its segment, so that it stays the block that it replaces.

A translation that begins "24. Woche" would turn into a list, "> 39" into a quotation, a "|" would end
its table cell: such characters get a backslash, which readers never see.
"""

from __future__ import annotations

import re

from pipeline import front_matter
from pipeline.model import Segment

_BLANK = " \t\r\n"
_LINE_END = re.compile(r"\r\n?")
_ESCAPE_FIRST = re.compile(
    r"""
      \#{1,6}(?=\s|$) | > | [-+*](?=\s|$)
    | :{3,} | [:~](?=\s|$) | ~{3,} | `{3,}(?=[^`]*$)
    | \[[^\]]*\]:
    | <(?=[A-Za-z/!?])(?![A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>)
    | \{.*\}\s*$
    | (?:\*[ \t]*){3,}$ | (?:-[ \t]*){3,}$ | (?:_[ \t]*){3,}$
    """,
    re.VERBOSE,
)
_RULE_IN_A_LIST = re.compile(r"(?:\*[ \t]*)+$|(?:-[ \t]*)+$")
"""With the mark of its item, or of several that begin on one line, it would be a rule."""
_ORDERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_UNDERLINE = re.compile(r"(?:=+|-+|[|:\- \t]+)[ \t]*$")
_TRAILING_HASHES = re.compile(r"(?:^|(?<=[ \t]))(#+)$")
_TRAILING_ATTRIBUTES = re.compile(r"(?<!\\)\{([^{}]*\})$")


def fit(translation: str, segment: Segment, text: str) -> str:
    """The translation as it may stand in the place of ``segment`` in the article's text."""
    # A carriage return ends a line too: left as it is, two of them would begin another paragraph.
    translation = _LINE_END.sub("\n", translation).replace("\0", "\ufffd").strip(_BLANK)
    if segment.kind == "field":
        end = "\n" if text[segment.start : segment.end].endswith("\n") else ""
        return front_matter.quote(" ".join(translation.split("\n"))) + end
    if segment.kind in ("table-header", "table-cell"):
        cell = _one_line(translation).replace("\\|", "|").replace("|", "\\|")
        # A pipe right after a backslash would not end the cell.
        return f"{cell} " if cell.endswith("\\") else cell
    if segment.kind == "link-title":
        return _link_title(_one_line(translation), text[segment.start - 1])
    if segment.kind == "heading":
        heading = _heading(_one_line(translation))
        # Under an underlined heading nothing says yet that this line is one.
        before = text[text.rfind("\n", 0, segment.start) + 1 : segment.start]
        return heading if "#" in before else escape_block_start(heading)
    lines = _hard_break_lines(translation)
    if segment.kind == "list-item" and _RULE_IN_A_LIST.match(lines[0]):
        lines[0] = f"\\{lines[0]}"
    escaped = [escape_block_start(lines[0]), *(_escape_continuation(line) for line in lines[1:])]
    line_end = "\r\n" if "\r\n" in text else "\n"
    return f"{line_end}{segment.prefix}".join(escaped)


def escape_block_start(line: str) -> str:
    """The line with a backslash where it would otherwise begin another kind of block."""
    match = _ORDERED.match(line)
    if match:
        return f"{match[1]}\\{line[match.end(1) :]}"
    return f"\\{line}" if _ESCAPE_FIRST.match(line) else line


def _escape_continuation(line: str) -> str:
    if _UNDERLINE.match(line):
        return f"\\{line}"
    return escape_block_start(line)


def _hard_break_lines(translation: str) -> list[str]:
    """Lines that end in a backslash stand; every other line end is only a wrapped line."""
    lines: list[str] = []
    for line in translation.split("\n"):
        content = line.strip(_BLANK)
        previous = lines[-1] if lines else ""
        backslashes = len(previous) - len(previous.rstrip("\\"))
        if lines and not backslashes % 2:
            lines[-1] = f"{previous} {content}".strip(_BLANK)
        else:
            lines.append(content)
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
        lines[-1] = lines[-1].removesuffix("\\").rstrip(_BLANK)
    return lines


def _one_line(translation: str) -> str:
    return " ".join(line.strip(_BLANK) for line in translation.replace("\\\n", "\n").split("\n"))


def _heading(text: str) -> str:
    text = _TRAILING_HASHES.sub(r"\\\1", text)
    return _TRAILING_ATTRIBUTES.sub(r"\\{\1", text)


def _link_title(text: str, opening: str) -> str:
    closing = ")" if opening == "(" else opening
    marks = re.escape(opening + closing)
    return re.sub(rf"(\\.)|([{marks}]|\\$)", lambda m: m[1] or f"\\{m[2]}", text)
