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
from typing import Any

import pikepdf

from pipeline.formats.pdf_fonts import Font, Part
from pipeline.formats.pdf_glyphs import Glyph, Reader, Run, is_right_to_left

_RISE = 0.9
"""How far glyphs of one run may stand above or below one another, in sizes: lines are farther apart."""

RIGHT_TO_LEFT_MARK = "\u200f"

Cluster = list[Glyph]


def mend(pdf: bytes) -> bytes:
    """The same pages with a true text layer; the same bytes for the same input."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts: dict[tuple[int, int], Font] = {}
        for page in document.pages:
            _mend_page(document, page, fonts)
        for font in fonts.values():
            font.write()
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
        return out.getvalue()


def _mend_page(document: pikepdf.Pdf, page: Any, fonts: dict[tuple[int, int], Font]) -> None:
    def font(name: str) -> Font:
        found = page.Resources.Font[name]
        return fonts.setdefault(found.objgen, None) or fonts.__setitem__(found.objgen, Font(found)) or fonts[found.objgen]

    parents = _parents(document, page)

    def context(operands: Sequence[Any]) -> object:
        if str(operands[0]) == "/Artifact":
            return "artifact"
        if len(operands) == 2 and "/MCID" in operands[1].keys():
            return (parents[int(operands[1]["/MCID"])], str(operands[1].get("/Lang", "")))
        return None

    instructions = list(pikepdf.parse_content_stream(page))
    runs = Reader(font, context).read(instructions)
    replaced: dict[int, tuple[int, bytes]] = {}
    before: list[Run] = []
    for group in _groups(runs):
        text = _mended(group, needs_mark=_follows_a_number(before, group))
        before = group
        if text:
            for number, run in enumerate(group):
                replaced[run.start] = (run.end, b"" if number else text)
    if replaced:
        page.Contents = document.make_stream(b"\n".join(_spliced(instructions, replaced)))


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
        and before.pen - 0.1 * em < after.pen < before.pen + before.width + 0.5 * em
    )


def _follows_a_number(before: Sequence[Run], group: Sequence[Run]) -> bool:
    """Whether right-to-left text begins with a mark such as a full stop beside left-to-right text.

    Programs that take text out of a PDF cannot know to which of the two the mark belongs.
    """
    if not before or not before[-1].glyphs or not group[0].glyphs or any(run.is_rtl for run in before):
        return False
    last, first = before[-1].glyphs[0], group[-1].glyphs[-1]
    is_beside = abs(first.y - last.y) < _RISE * group[0].size and first.x < last.x < first.x + 2 * group[0].size
    return is_beside and not is_right_to_left(first.text) and before[0].context == group[0].context


def _mended(group: Sequence[Run], *, needs_mark: bool) -> bytes:
    """The group as one text object; empty where it is right as it stands."""
    font, glyphs = group[0].font, [glyph for run in group for glyph in run.glyphs]
    is_rtl = any(run.is_rtl for run in group) or needs_mark
    has_claims = any(glyph.span or len(glyph.text) > 1 for glyph in glyphs)
    if not (font and font.can_grow and group[0].is_plain and (is_rtl or has_claims)):
        return b""
    line = _baseline(glyphs)
    clusters = list(_clusters(glyphs))
    words = list(_words(clusters))[::-1] if is_rtl else [clusters]
    pieces = [
        [piece for cluster in word for piece in _pieces(cluster, font, group[0].size, line, is_rtl)] for word in words
    ]
    if needs_mark:
        end = glyphs[-1].pen + glyphs[-1].width - 0.02 * group[0].size
        pieces[0].append((font.code([], RIGHT_TO_LEFT_MARK, 1), end, 0.0))
    shown = [_shown(group[0], word, line) for word in pieces]
    text = b" ".join(shown)
    if is_rtl:
        text = b"/ReversedChars BMC " + text + b" EMC"
    return b"BT 0 Tr %s %g Tf %s ET" % (group[0].font_name.encode(), group[0].size, text)


def _words(clusters: Sequence[Cluster]) -> Iterator[list[Cluster]]:
    """Each with the blank after it, which stands on its left."""
    word: list[Cluster] = []
    for cluster in clusters:
        if word and cluster[0].text.isspace() and not word[-1][0].text.isspace():
            yield word
            word = []
        word.append(cluster)
    if word:
        yield word


def _baseline(glyphs: Sequence[Glyph]) -> float:
    heights = [round(glyph.y, 3) for glyph in glyphs]
    return max(sorted(set(heights)), key=heights.count)


def _clusters(glyphs: Sequence[Glyph]) -> Iterator[Cluster]:
    """Glyphs that are one letter or syllable, with its marks."""
    cluster: Cluster = []
    for glyph in glyphs:
        if cluster and not _joins(cluster, glyph):
            yield cluster
            cluster = []
        cluster.append(glyph)
    if cluster:
        yield cluster


def _joins(cluster: Cluster, glyph: Glyph) -> bool:
    last = cluster[-1]
    if glyph.text != last.text:
        return False
    if glyph.span and glyph.span == last.span:
        return True
    is_mark_between = glyph.width == 0 or last.width == 0
    if len(glyph.text) == 1:
        return glyph.width == 0 or all(part.width == 0 for part in cluster)
    return is_mark_between or not (glyph.span and last.span)


def _pieces(
    cluster: Cluster, font: Font, size: float, line: float, is_rtl: bool
) -> Iterator[tuple[int, float, float]]:
    """Code, place and width, in points, of what is shown for a cluster."""
    units = font.units / size
    left = min(glyph.pen for glyph in cluster)
    width = sum(glyph.width for glyph in cluster)
    text = cluster[0].text
    parts: list[Part] = [
        (g.code, round((g.x - left) * units), round((g.y - line) * units)) for g in sorted(cluster, key=lambda g: g.pen)
    ]
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
    shown: list[Any] = []
    text = b""
    for code, place, width in pieces:
        back = round((x - place) / run.size * 1000)
        if back:
            if text:
                shown.append(pikepdf.String(text))
            shown.append(back)
            text = b""
            x -= back * run.size / 1000
        text += code.to_bytes(2)
        x += width
    shown.append(pikepdf.String(text))
    start = (pieces[0][1] - run.origin[0], run.origin[1] - line)
    array = b" ".join(item.unparse() if isinstance(item, pikepdf.String) else b"%d" % item for item in shown)
    return b"1 0 0 -1 %.4f %.4f Tm [%s] TJ" % (*start, array)


def _spliced(instructions: Sequence[Any], replaced: dict[int, tuple[int, bytes]]) -> Iterator[bytes]:
    index = start = 0
    while index < len(instructions):
        if index in replaced:
            yield pikepdf.unparse_content_stream(instructions[start:index])
            end, text = replaced[index]
            yield text
            start = index = end + 1
        else:
            index += 1
    yield pikepdf.unparse_content_stream(instructions[start:])
