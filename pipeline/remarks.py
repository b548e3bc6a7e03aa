"""What an author tells translators: <!-- translators: "leak" here is about blood, not water -->.

Such a comment stands before a block of an article, or at the end of a line; in front matter it is a line
``# translators: ...`` above a value. It goes to translators with the segment, and to no reader.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--\s*translators?:\s*(.*?)\s*-->", re.DOTALL | re.IGNORECASE)
_BLOCK = re.compile(
    r"^[ \t>]*<!--\s*translators?:(?:(?!-->).)*-->[ \t]*(?:\r\n?|\n)(?:[ \t>]*(?:\r\n?|\n))?",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_INLINE = re.compile(r"[ \t]*<!--\s*translators?:(?:(?!-->).)*-->", re.DOTALL | re.IGNORECASE)
_YAML = re.compile(r"[ \t]*#[ \t]*translators?:[ \t]*(.*?)[ \t]*$", re.IGNORECASE)


def remarks(text: str) -> list[str]:
    """What the comments for translators in a piece of Markdown say, each on one line."""
    return [" ".join(said.split()) for said in _COMMENT.findall(text) if said.strip()]


def remarks_above(lines: list[str], number: int) -> list[str]:
    """The comments for translators right above a line (from 0) of front matter, first to last."""
    found: list[str] = []
    while number > 0 and lines[number - 1].lstrip().startswith("#"):
        number -= 1
        match = _YAML.match(lines[number])
        if match and match[1]:
            found.insert(0, " ".join(match[1].split()))
    return found


def without_remarks(text: str, body_start: int = 0) -> str:
    """The Markdown without its comments for translators; body_start: offset at which front matter ends."""
    if "translator" not in text.lower():
        return text
    head, body = text[:body_start], text[body_start:]
    head = "".join(line for line in head.splitlines(keepends=True) if not _YAML.match(line.rstrip("\r\n")))
    return head + _INLINE.sub("", _BLOCK.sub("", body))
