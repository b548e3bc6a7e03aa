"""The success criteria of WCAG 2.2, and the clause of EN 301 549 that holds each. Imports nothing.

Numbers, names and levels: https://www.w3.org/TR/WCAG22/. Clauses: EN 301 549 V3.2.1 (2021), 9 for web pages and 10
for other documents.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criterion:
    """One success criterion."""

    number: str
    level: str
    """A or AA."""
    name: str
    person: str
    """What no program can tell of it: the question that is left for a person."""


_TABLE = """\
1.1.1 A Non-text Content | Does each text alternative say what the picture is there to say?
1.2.1 A Audio-only and Video-only (Prerecorded) | Is there a transcript, and is it right?
1.2.2 A Captions (Prerecorded) | Are the captions right and in time?
1.2.3 A Audio Description or Media Alternative (Prerecorded) | Does the description say what is seen?
1.2.4 AA Captions (Live) | Are the captions right and in time?
1.2.5 AA Audio Description (Prerecorded) | Does the description say what is seen?
1.3.1 A Info and Relationships | Is what looks like a heading, a list or a table marked as one, and the other way round?
1.3.2 A Meaningful Sequence | Does the text make sense in the order in which it is read aloud?
1.3.3 A Sensory Characteristics | Does any instruction rest on shape, colour or place alone ("the box on the right")?
1.3.4 AA Orientation | Can it be read with the screen held either way?
1.3.5 AA Identify Input Purpose | Do the fields that ask for personal details say which?
1.4.1 A Use of Color | Is anything said by colour alone?
1.4.2 A Audio Control | Can sound that starts by itself be stopped?
1.4.3 AA Contrast (Minimum) | Is text over pictures and gradients legible?
1.4.4 AA Resize Text | Is all of it there and legible at 200 %?
1.4.5 AA Images of Text | Is there a picture of words that could be words?
1.4.10 AA Reflow | Is everything there, and does it work, in a window 320 pixels wide?
1.4.11 AA Non-text Contrast | Can the parts of pictures and controls that carry meaning be told apart?
1.4.12 AA Text Spacing | Is anything cut off or covered when letters, words and lines stand wider?
1.4.13 AA Content on Hover or Focus | Can what appears be dismissed, pointed at and kept?
2.1.1 A Keyboard | Can all of it be used with the keyboard alone?
2.1.2 A No Keyboard Trap | Can the keyboard leave every part again?
2.1.4 A Character Key Shortcuts | Can shortcuts of one key be switched off?
2.2.1 A Timing Adjustable | Can every time limit be lengthened?
2.2.2 A Pause, Stop, Hide | Can all that moves be stopped?
2.3.1 A Three Flashes or Below Threshold | Does anything flash more than three times a second?
2.4.1 A Bypass Blocks | Is it quick to get past what every page repeats?
2.4.2 A Page Titled | Does the title tell this document from others?
2.4.3 A Focus Order | Does the focus go in an order that makes sense?
2.4.4 A Link Purpose (In Context) | Does each link say where it leads?
2.4.5 AA Multiple Ways | Is there a second way to find each page?
2.4.6 AA Headings and Labels | Does each heading say what is below it?
2.4.7 AA Focus Visible | Can the focus be seen everywhere?
2.4.11 AA Focus Not Obscured (Minimum) | Does anything cover what has the focus?
2.5.1 A Pointer Gestures | Can every gesture be done with one finger and no path?
2.5.2 A Pointer Cancellation | Can a press be taken back?
2.5.3 A Label in Name | Does each control's name hold the words that are seen on it?
2.5.4 A Motion Actuation | Can it be used without moving the device?
2.5.7 AA Dragging Movements | Can it be used without dragging?
2.5.8 AA Target Size (Minimum) | Are targets large enough or far enough apart?
3.1.1 A Language of Page | Is the language that is named the one that is written?
3.1.2 AA Language of Parts | Is each passage in another language marked?
3.2.1 A On Focus | Does anything unexpected happen on focus?
3.2.2 A On Input | Does anything unexpected happen on input?
3.2.3 AA Consistent Navigation | Does navigation stand in the same order on every page?
3.2.4 AA Consistent Identification | Is the same thing called the same everywhere?
3.2.6 A Consistent Help | Is help in the same place on every page?
3.3.1 A Error Identification | Are mistakes named in words?
3.3.2 A Labels or Instructions | Do labels and instructions say what is wanted?
3.3.3 AA Error Suggestion | Is a correction offered?
3.3.4 AA Error Prevention (Legal, Financial, Data) | Can what is sent be checked and taken back?
3.3.7 A Redundant Entry | Is anything asked for twice?
3.3.8 AA Accessible Authentication (Minimum) | Can one sign in without a test of memory?
4.1.2 A Name, Role, Value | Do assistive technologies announce every control rightly?
4.1.3 AA Status Messages | Are messages announced without moving the focus?
"""


def _read() -> dict[str, Criterion]:
    found = {}
    for line in _TABLE.splitlines():
        head, _, person = line.partition(" | ")
        number, level, name = head.split(" ", 2)
        found[number] = Criterion(number, level, name, person)
    return found


CRITERIA = _read()
"""Number -> criterion, levels A and AA, in the order of the recommendation."""

DECIDED = frozenset(("1.4.3", "1.4.10", "1.4.12", "2.4.1", "2.4.7", "2.5.8", "3.1.1", "4.1.2"))
"""Criteria that programs can decide for pages without scripts. Of the others they find failures, never the absence
of them: there a report claims nothing, however many checks have passed."""
ABSENT = {
    "media": ("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2"),
    "controls": ("1.3.5", "3.2.2", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.7", "3.3.8"),
    "scripts": ("2.1.4", "2.5.1", "2.5.2", "2.5.4", "2.5.7", "3.2.1", "4.1.3"),
}
"""Criteria that do not apply to a document without sound and film, without fields, without scripts."""

NEW_IN_2_2 = frozenset(("2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"))
"""EN 301 549 V3.2.1 rests on WCAG 2.1 and has no clause for these."""
WEB_ONLY = frozenset(("2.4.1", "2.4.5", "3.2.3", "3.2.4"))
"""Clause 10 of EN 301 549 leaves these out: they speak of a set of pages."""


def en_clause(number: str, kind: str) -> str:
    """Clause of EN 301 549 V3.2.1 for a criterion in a web page (kind html) or a document (epub, pdf), or ""."""
    if number in NEW_IN_2_2 or number not in CRITERIA or (kind != "html" and number in WEB_ONLY):
        return ""
    return f"{9 if kind == 'html' else 10}.{number}"
