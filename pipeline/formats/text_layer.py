"""Makes the text layer of a PDF of Typst's the text: what is copied, searched or spoken equals what was written.

Typst draws a letter with its dots, or a syllable of Hindi, as several glyphs, often in several pieces, and
each glyph claims the text of the whole. Words come out doubled or cut, and right-to-left words back to front.
Here each such cluster becomes one glyph, composed in the embedded font of those that it had, with the
cluster's text, and the clusters of a right-to-left run are put in the order in which they are read. What is
seen stays as it was, to a thousandth of the size of the letters.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf

from pipeline.formats.pdf_fonts import Font
from pipeline.formats.pdf_glyphs import Glyph, Reader, Run, TextObjects, is_right_to_left
from pipeline.formats.pdf_outlines import Part

_RISE = 0.9
"""How far glyphs of one run may stand above or below one another, in sizes: lines are farther apart."""

_GAP = 0.03
"""Between clusters, in sizes."""
RIGHT_TO_LEFT_MARK = "\u200f"


@dataclass(slots=True)
class Cluster:
    """Glyphs that are one letter or syllable, with its marks, and the room that it takes on the line."""

    text: str
    glyphs: list[Glyph]
    left: float = 0
    width: float = 0


def mend(pdf: bytes) -> bytes:
    """The same pages with a true text layer; the same bytes for the same input."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts: dict[tuple[int, int], Font] = {}
        texts = TextObjects()
        changed = [_mend_page(document, page, fonts, texts) for page in document.pages]
        if not any(changed):
            return pdf
        for font in fonts.values():
            font.write()
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
        return out.getvalue()


def _mend_page(document: pikepdf.Pdf, page: Any, fonts: dict[tuple[int, int], Font], texts: TextObjects) -> bool:
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
        text = _mended(group, before[0].glyphs[0].x if _follows_a_number(before, group) else 0)
        before = group
        if text:
            for number, run in enumerate(group):
                replaced[run.start] = (run.end, b"" if number else text)
    if replaced:
        page.Contents = document.make_stream(b"".join(_spliced(content, replaced)))
    return bool(replaced)


def _parents(document: pikepdf.Pdf, page: Any) -> list[tuple[int, int]]:
    """The structure element of each marked content of a page."""
    number = page.get("/StructParents")
    nums = list(document.Root.StructTreeRoot.ParentTree.Nums) if number is not None else []
    for key, value in zip(nums[::2], nums[1::2], strict=True):
        if key == number:
            return [item.objgen for item in value]
    return []


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
    if not (run.glyphs and last.glyphs and run.is_plain and first.is_plain):
        return False
    alike = (run.context, run.paint, run.font_name, run.size) == (
        first.context,
        first.paint,
        first.font_name,
        first.size,
    )
    em = first.size
    before, after = last.glyphs[-1], run.glyphs[0]
    return (
        alike
        and abs(after.y - first.glyphs[0].y) < _RISE * em
        and before.x - em < after.pen < max(before.x, before.pen) + before.width + em
        and after.pen > first.glyphs[0].pen - em / 4
    )


def _follows_a_number(before: Sequence[Run], group: Sequence[Run]) -> bool:
    """Whether right-to-left text begins with a mark such as a full stop beside left-to-right text.

    Programs that take text out of a PDF cannot know to which of the two the mark belongs.
    """
    if not (before and before[-1].glyphs and group[0].glyphs):
        return False
    if any(run.is_rtl for run in before) or not any(glyph.text.isalnum() for run in before for glyph in run.glyphs):
        return False
    last, first = before[-1].glyphs[0], group[-1].glyphs[-1]
    size = group[0].size
    gap = last.x - first.x - first.width
    is_beside = abs(first.y - last.y) < _RISE * size and first.x < last.x and gap < size
    return is_beside and (gap > _GAP * size or not is_right_to_left(first.text))


def _mended(group: Sequence[Run], mark_at: float) -> bytes:
    """The group as one text object; empty where it is right as it stands.

    mark_at: the end of the number beside it, if a mark of direction must stand between the two; else 0.
    """
    font, glyphs = group[0].font, [glyph for run in group for glyph in run.glyphs]
    is_rtl = any(run.is_rtl for run in group) or mark_at > 0
    has_claims = any(glyph.span or len(glyph.text) > 1 for glyph in glyphs)
    if not (font and font.can_grow and group[0].is_plain and (is_rtl or has_claims)):
        return b""
    line = _baseline(glyphs)
    clusters = _clusters(glyphs, group[0].size, is_rtl=is_rtl)
    words = list(_words(clusters))[::-1] if is_rtl else [clusters]
    pieces = [
        [piece for cluster in word for piece in _pieces(cluster, font, group[0].size, line, is_rtl)] for word in words
    ]
    if mark_at:
        pieces[0].append((font.code([], RIGHT_TO_LEFT_MARK, 1), mark_at - 0.02 * group[0].size, 0.0))
    shown = [_shown(group[0], word, line) for word in pieces]
    text = b" ".join(shown)
    if is_rtl:
        text = b"/ReversedChars BMC " + text + b" EMC"
    return b"BT 0 Tr %s %g Tf %s ET" % (group[0].font_name.encode(), group[0].size, text)


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


def _baseline(glyphs: Sequence[Glyph]) -> float:
    heights = [round(glyph.y, 3) for glyph in glyphs]
    return max(sorted(set(heights)), key=heights.count)


def _clusters(glyphs: Sequence[Glyph], size: float, *, is_rtl: bool) -> list[Cluster]:
    """From left to right, side by side without gaps: readers of PDF take a gap for a blank."""
    found: list[Cluster] = []
    # As they are read, so that a letter comes before its marks.
    for glyph in reversed(glyphs) if is_rtl else glyphs:
        if found and _joins(found[-1].glyphs, glyph, is_rtl=is_rtl):
            found[-1].glyphs.append(glyph)
        elif found and not (is_rtl or glyph.width) and glyph.x < glyph.pen - _GAP * size:
            # A letter below the one before.
            found[-1].glyphs.append(glyph)
            found[-1].text += glyph.text
        else:
            found.append(Cluster(glyph.text, [glyph]))
    if is_rtl:
        found.reverse()
    for cluster in found:
        letters = [glyph for glyph in cluster.glyphs if glyph.width] or cluster.glyphs
        cluster.left = min(glyph.x for glyph in letters)
        cluster.width = sum(glyph.width for glyph in letters)
    for cluster, after in pairwise(found):
        if abs(after.left - cluster.left - cluster.width) > _GAP * size and after.left > cluster.left:
            cluster.width = after.left - cluster.left
    return found


def _joins(glyphs: Sequence[Glyph], glyph: Glyph, *, is_rtl: bool) -> bool:
    """Whether a glyph belongs to the cluster before it.

    Typst marks what of a cluster stands in one text object; one with a glyph above or below the line is in several.
    """
    first, last = glyphs[0], glyphs[-1]
    if glyph.text != last.text:
        return False
    if glyph.run == last.run:
        return bool(glyph.span) and glyph.span == last.span
    if not glyph.width:
        return True
    # A syllable goes on after its mark; the same letter again would be drawn by the same glyph.
    return not is_rtl and not last.width and glyph.code != first.code


def _pieces(cluster: Cluster, font: Font, size: float, line: float, is_rtl: bool) -> Iterator[tuple[int, float, float]]:
    """Code, place and width, in points, of what is shown for a cluster."""
    units = font.units / size
    left, width, text = cluster.left, cluster.width, cluster.text
    parts: list[Part] = [(g.code, round((g.x - left) * units), round((g.y - line) * units)) for g in cluster.glyphs]
    if not (is_rtl and len(text) > 1):
        code = font.code(parts, text, round(width * units))
        yield code, left, font.width(code) * size / 1000
        return
    # Readers of PDF take the letters of one glyph to stand from left to right. So each letter gets its own place,
    # and the last one, which stands on the left, draws them all.
    share = width / len(text)
    for number, letter in enumerate(reversed(text)):
        code = font.code([] if number else parts, letter, round(share * units))
        yield code, left + number * share, font.width(code) * size / 1000


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
        # Instructions may stand side by side, as in "ETQ".
        yield b"\n" + text + b"\n"
        copied = end
    yield content[copied:]
