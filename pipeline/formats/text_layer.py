"""Makes the text layer of a PDF of Typst's the text: what is copied, searched or spoken equals what was written.

Typst draws a letter with its dots, or a syllable of Hindi, as several glyphs, often in several pieces, and
each glyph claims the text of the whole. Words come out doubled or cut, and right-to-left words back to front.
Here each such cluster becomes one glyph, composed in the embedded font of those that it had, with the
cluster's text, and the clusters of a right-to-left run are put in the order in which they are read. What is
seen stays as it was, to a thousandth of the size of the letters.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from pipeline.formats.pdf_clusters import Cluster, Known, Setter, clusters
from pipeline.formats.pdf_fonts import Font
from pipeline.formats.pdf_glyphs import GAP, Reader, Run, TextObjects, is_right_to_left

_RISE = 0.9
"""How far glyphs of one run may stand above or below one another, in sizes: lines are farther apart."""

RIGHT_TO_LEFT_MARK = "\u200f"


def mend(pdf: bytes) -> bytes:
    """The same pages with a true text layer; the same bytes for the same input."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts: dict[tuple[int, int], Font] = {}
        texts = TextObjects()
        known: Known = {}
        changed = [_mend_page(document, page, fonts, texts, known) for page in document.pages]
        if not any(changed):
            return pdf
        for font in fonts.values():
            font.write()
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
        return out.getvalue()


def _mend_page(
    document: pikepdf.Pdf, page: Any, fonts: dict[tuple[int, int], Font], texts: TextObjects, known: Known
) -> bool:
    """Whether anything was to be mended."""

    def font(name: str) -> Font:
        found = page.Resources.Font[name]
        if found.objgen not in fonts:
            fonts[found.objgen] = Font(found)
        return fonts[found.objgen]

    if not any(font(name).draws_clusters for name in page.Resources.get("/Font", {})):
        return False
    parents = _parents(document, page)

    def context(operands: Sequence[Any]) -> object:
        if operands[0] == "/Artifact":
            return "artifact"
        if len(operands) == 2 and "/MCID" in operands[1]:
            return (parents[int(operands[1]["/MCID"])], operands[1].get("/Lang", b""))
        return None

    content = page.Contents.read_bytes()
    runs = Reader(font, context, texts).read(content)
    replaced: dict[int, tuple[int, bytes]] = {}
    before: list[Run] = []
    for group in _groups(runs):
        text = _mended(group, known, before[0].glyphs[0].x if _follows_a_number(before, group) else 0)
        before = group
        if text:
            first, *others = group
            replaced[first.start] = (first.end, b"\n" + text + b"\n")
            for run in others:
                replaced[run.whole[0]] = (run.whole[1], b"\n")
    if replaced:
        page.Contents = document.make_stream(b"".join(_spliced(content, replaced)))
    return bool(replaced)


def _parents(document: pikepdf.Pdf, page: Any) -> list[object]:
    """What names the structure element of each marked content of a page."""
    number = page.get("/StructParents")
    nums: Any = document.Root.StructTreeRoot.ParentTree.Nums if number is not None else []
    for index in range(0, len(nums), 2):
        if nums[index] == number:
            items = nums[index + 1]
            found: list[object] = _REFERENCE.findall(items.unparse())
            # Each is a reference, which need not be followed to be told from others.
            return found if len(found) == len(items) else [item.objgen for item in items]
    return []


_REFERENCE = re.compile(rb"\d+ \d+ R\b")


def _groups(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Text objects that Typst laid out as one: side by side, in one style and of one structure element."""
    group: list[Run] = []
    for run in runs:
        if group and not _goes_on(group, run):
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _goes_on(group: Sequence[Run], run: Run) -> bool:
    first, last = group[0], group[-1]
    if not (run.pieces and last.pieces and run.is_plain and first.is_plain and run.style == first.style):
        return False
    em = first.style[3]
    begin, after, before = first.pieces[0], run.pieces[0], last.pieces[-1]
    rise = after.y + run.at[1] - begin.y - first.at[1]
    if not (-_RISE * em < rise < _RISE * em and after.letters and before.letters):
        return False
    _, pen, x, width = before.letters[-1].glyphs[-1]
    place = run.at[0] + after.x
    back = place - last.at[0] - before.x
    return x - em < back < max(x, pen) + width + em and place > first.at[0] + begin.x - em / 4


def _follows_a_number(before: Sequence[Run], group: Sequence[Run]) -> bool:
    """Whether right-to-left text begins with a mark such as a full stop beside left-to-right text.

    Programs that take text out of a PDF cannot know to which of the two the mark belongs.
    """
    if not before or any(run.is_rtl for run in before) or not (before[-1].pieces and group[-1].pieces):
        return False
    last, first = before[-1].pieces[0], group[-1].pieces[-1]
    if not (last.letters and first.letters):
        return False
    letter, size = first.letters[-1], group[0].size
    _, _, x, width = letter.glyphs[-1]
    first_x = group[-1].at[0] + first.x + x
    last_x = before[-1].at[0] + last.x + last.letters[0].glyphs[0][2]
    gap = last_x - first_x - width
    is_beside = abs(group[-1].at[1] + first.y - before[-1].at[1] - last.y) < _RISE * size
    if not (is_beside and first_x < last_x and gap < size and (gap > GAP * size or not is_right_to_left(letter.text))):
        return False
    return any(letter.text.isalnum() for run in before for piece in run.pieces for letter in piece.letters)


def _mended(group: Sequence[Run], known: Known, mark_at: float) -> bytes:
    """The group as one text object; empty where it is right as it stands.

    known: what is shown for letters that stand as they were set. mark_at: the end of the number beside it, if a mark
    of direction must stand between the two; else 0.
    """
    first = group[0]
    font = first.font
    is_rtl = mark_at > 0 or any(run.is_rtl for run in group)
    if not (font and font.can_grow and first.is_plain and (is_rtl or any(run.has_claims for run in group))):
        return b""
    line = _baseline(group)
    found = clusters(group, is_rtl=is_rtl)
    words = list(_words(found))[::-1] if is_rtl else [found]
    setter = Setter(font, first.size, line, is_rtl=is_rtl, known=known)
    pieces = [setter.shown(word) for word in words]
    if mark_at:
        pieces[0].append((font.code([], RIGHT_TO_LEFT_MARK, 1), mark_at - 0.02 * first.size, 0.0))
    text = b" ".join([_shown(first, word, line) for word in pieces])
    if is_rtl:
        text = b"/ReversedChars BMC " + text + b" EMC"
    return b"BT 0 Tr %s %g Tf %s ET" % (first.style[2].encode(), first.size, text)


def _words(clusters: Sequence[Cluster]) -> Iterator[list[Cluster]]:
    """Each with the blank after it, which stands on its left."""
    word: list[Cluster] = []
    for cluster in clusters:
        if word and cluster.text.isspace() and not word[-1].text.isspace():
            yield word
            word = []
        word.append(cluster)
    if word:
        yield word


def _baseline(group: Sequence[Run]) -> float:
    """The height at which most letters stand."""
    heights: dict[float, int] = {}
    for run in group:
        top = run.at[1]
        for _, y, _, letters in run.pieces:
            height = round(top + y, 3)
            heights[height] = heights.get(height, 0) + len(letters)
    return max(sorted(heights), key=heights.__getitem__)


def _shown(run: Run, pieces: Sequence[tuple[int, float, float]], line: float) -> bytes:
    """The codes at their places."""
    x = pieces[0][1]
    shown: list[str] = []
    codes = ""
    for code, place, width in pieces:
        back = round((x - place) / run.size * 1000)
        if back:
            shown += [f"<{codes}>", str(back)] if codes else [str(back)]
            codes = ""
            x -= back * run.size / 1000
        codes += f"{code:04x}"
        x += width
    shown.append(f"<{codes}>")
    start = (pieces[0][1] - run.origin[0], run.origin[1] - line)
    return b"1 0 0 -1 %.4f %.4f Tm [%s] TJ" % (*start, " ".join(shown).encode("ascii"))


def _spliced(content: bytes, replaced: dict[int, tuple[int, bytes]]) -> Iterator[bytes]:
    """The content with other text objects in the place of some: start -> end and the new one."""
    copied = 0
    for start, (end, text) in sorted(replaced.items()):
        yield content[copied:start]
        # With white space around it: instructions may stand side by side, as in "ETQ".
        yield text
        copied = end
    yield content[copied:]
