"""Furniture that its neighbours give away: readers' comments, links to other pages, menus, lists of contents.

Prose is dropped only among readers' comments, and only where something says that a reader wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.importing.blocks import bare, ends_sentence, ends_with_colon
from pipeline.importing.boxes import mark_boxes
from pipeline.importing.furniture import ENOUGH, Page, score
from pipeline.importing.nouns import Block, Label
from pipeline.importing.shapes import NAME_WITH_INITIALS, has_date
from pipeline.importing.vocabulary import CJK, Words, furniture, words_in

_POST = re.compile(
    r"(?:post|comment|reply|answer|comentario|respuesta|commentaire|réponse|kommentar|antwort|commento|comentário|"
    r"комментарий|ответ|сообщение|تعليق|رد|टिप्पणी|जवाब|评论|回复|bình luận|trả lời)?\s*(?:#|№|n[º°o]\.?)?\s*\d{1,5}\W*"
    r"|\d{1,4}\s*楼|第\d{1,4}楼",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?:(?<!\w)(?:says|said|wrote|writes|replied|dice|dijo|escribió|respondió|dit|a dit|a écrit|répond|schreibt|"
    r"schrieb|sagt|disse|escreveu|"
    r"пишет|написал\w*|ответил\w*|يقول|قال|قالت|كتب|كتبت|ने कहा|ने लिखा|लिखते हैं|说|回复|写道|"
    r"viết|đã viết|cho biết)\s*(?:on .{0,30}|le .{0,30}|el .{0,30})?[:：]?$"
    r"|\d+\s*(?:minutes?|hours?|days?|weeks?|months?|years?)\s+ago|hace\s+\w+\s+(?:minuto|hora|día|semana|mes|año)"
    r"|il y a\s+\w+\s+(?:minute|heure|jour|semaine|mois|an)|vor\s+\w+\s+(?:minute|stunde|tag|woche|monat|jahr)"
    r"|há\s+\w+\s+(?:minuto|hora|dia|semana|mês|mes|ano)|منذ\s+\S+|قبل\s+\S+\s*(?:يوم|أيام|ساعة|ساعات|شهر|أسبوع)"
    r"|(?:मिनट|घंटे|घंटा|दिन|सप्ताह|हफ्ते|महीने|साल)\s+पहले|(?:分钟|小时|天|周|个月|月|年)前"
    r"|(?:phút|giờ|ngày|tuần|tháng|năm)\s+trước|\w+\s+(?:минут\w*|час\w*|дн\w*|день|недел\w*|месяц\w*|год\w*|лет)\s+назад)",
    re.IGNORECASE,
)
INNER_END = re.compile(r"[.!?؟۔।]\s+\S|[。！？]\S")
"""The end of a sentence with another one behind it."""
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,3}")
LONGEST_TITLE = 18
"""Words."""
CONTENTS = "list of contents"
"""Why its entries are dropped."""
LEAST_ENTRIES = 5
"""Of a list of contents none of whose entries comes again on the page, with the line that announces it."""
_CONTENTS = frozenset(
    "contents|table of contents|on this page|in this article|page contents|contenido|contenidos|índice|"
    "tabla de contenidos|en esta página|en este artículo|sommaire|table des matières|plan de l'article|sur cette page|"
    "dans cet article|au sommaire|sumário|neste artigo|nesta página|inhalt|inhaltsverzeichnis|in diesem artikel|"
    "auf dieser seite|indice|in questo articolo|المحتويات|محتويات المقال|جدول المحتويات|محتويات|في هذا المقال|"
    "في هذه الصفحة|विषय सूची|विषय-सूची|इस लेख में|इस पृष्ठ पर|目录|本页目录|本文目录|文章目录|目錄|mục lục|nội dung chính|"
    "nội dung|nội dung bài viết|trong bài viết này|"
    "содержание|содержание статьи|оглавление|в этой статье|на этой странице|зміст|"
    "spis treści|içindekiler".split("|")
)


def mark_furniture(blocks: Sequence[Block], page: Page) -> None:
    """Drop every block that is no part of the article. What stays is body until structure.py says more."""
    for number, block in enumerate(blocks):
        if block.hint == "raw":
            continue
        found = score(block, page, number)
        page.weigh(block, found.points)
        if found.points >= ENOUGH:
            block.drop(found.kind, found.reason, is_sure=found.points >= ENOUGH + 0.5)
    _names_below(blocks, page.words)
    _values(blocks, page)
    _menu_lists(blocks, page)
    mark_boxes(blocks, page)
    _contents(blocks)
    _related(blocks, page.first_prose)
    _comments(blocks, page.words)
    _between(blocks, page)


def is_prose(block: Block) -> bool:
    """Whether a block is one sentence or more."""
    return _is_prose(block.text, block.words)


@lru_cache(maxsize=16384)
def _is_prose(text: str, words: int) -> bool:
    if text.rstrip()[-1:] in "?？؟" and words <= 16 and not INNER_END.search(text):
        return False
    return (ends_sentence(text) and words >= 8) or words >= 22


def is_short(block: Block) -> bool:
    """Whether a block may be a title, an entry of a menu or a link."""
    return block.words <= LONGEST_TITLE and not is_prose(block)


def _drop(block: Block, kind: str, reason: str = "", *, is_sure: bool = True) -> None:
    if block.label is not Label.BOILERPLATE:
        block.drop(kind, reason or furniture().reasons[kind], is_sure=is_sure)


def _names_below(blocks: Sequence[Block], words: Words) -> None:
    """Names under a line such as "Authors:" that stands alone."""
    is_open, byline = False, ""
    if len(blocks) > 1 and blocks[1].kind == "byline" and _HAN_NAME.fullmatch(blocks[0].text):
        _drop(blocks[0], "byline", is_sure=False)
    for block in blocks:
        if block.label is Label.BOILERPLATE:
            is_open = block.kind == "byline" and ends_with_colon(block.text) and block.words <= 4
            byline = block.text if block.kind == "byline" else ""
            continue
        if 2 <= block.words <= 5 and byline.endswith(block.text):
            _drop(block, "byline", is_sure=False)
            continue
        if not is_open:
            continue
        names = [word for word in re.split(r"[,;]", block.text)[0].split() if word[:1].isalpha()]
        is_name = 2 <= len(names) <= 6 and all(word[:1].isupper() for word in names)
        is_name = is_name or (bool(block.marker) and NAME_WITH_INITIALS.match(block.text) is not None)
        is_open = is_name and not ends_sentence(block.text) and not words.section(block.text)
        if is_open and block.hint != "raw":
            _drop(block, "byline", is_sure=False)
            block.kind = "byline"


_LABEL = re.compile(
    r"(?:categor(?:y|ies)|categorías?|catégories?|categorias?|tags?|etiquetas?|étiquettes?|keywords?|palabras clave|"
    r"mots[ -]clés|palavras[ -]chave|рубрик[аи]|метк[аи]|теги|ключевые слова|التصنيفات?|الوسوم|الكلمات المفتاحية|टैग्?स?|"
    r"标签|分类|关键词|danh mục|chuyên mục|từ khóa)\s?[:：]",
    re.IGNORECASE,
)
"""A label whose value, if it has none on its line, stands on the next one."""


def _values(blocks: Sequence[Block], page: Page) -> None:
    """The line below a label such as "Categories:", where it is no sentence."""
    for block, below in pairwise(blocks):
        if block.label is not Label.BOILERPLATE or not _LABEL.fullmatch(block.text.strip()):
            continue
        is_value = is_short(below) and not ends_sentence(below.text) and not ends_with_colon(below.text)
        if is_value and not below.marker and below.hint != "raw" and not page.is_grave(below):
            _drop(below, "navigation", "what stands below a label of the site", is_sure=False)


def _menu_lists(blocks: Sequence[Block], page: Page) -> None:
    """Lists above the text that have a known entry of a menu, a path or a stamp among their items."""
    start = 0
    while start < min(len(blocks), page.first_prose):
        stop = start + 1
        while stop < len(blocks) and blocks[start].marker and blocks[stop].marker == blocks[start].marker:
            stop += 1
        items = blocks[start:stop]
        is_known = any(
            item.label is Label.BOILERPLATE and item.kind in ("navigation", "date", "byline") for item in items
        )
        if stop - start >= 2 and is_known and stop <= page.first_prose + 1 and all(map(is_short, items)):
            for item in items:
                if not (page.is_grave(item) or ends_sentence(item.text)):
                    _drop(item, "navigation", "in a list with a known entry of a menu", is_sure=False)
        start = stop


def _contents(blocks: Sequence[Block]) -> None:
    """Lists of contents: a line that says so, then titles; or titles that all come again."""
    last = {bare(block.text): number for number, block in enumerate(blocks) if is_short(block)}

    def comes_again(number: int) -> bool:
        return is_short(blocks[number]) and last.get(bare(blocks[number].text), 0) > number

    number = 0
    while number < len(blocks):
        stop = number
        while stop < len(blocks) and comes_again(stop):
            stop += 1
        is_announced = bare(blocks[number].text) in _CONTENTS
        if is_announced:
            stop = number + 1
            while stop < len(blocks) and _may_be_entry(blocks[stop], blocks[number + 1]):
                stop += 1
            stop = _where_text_begins(blocks, number + 1, stop)
            again = sum(map(comes_again, range(number + 1, stop)))
            if again and stop < len(blocks) and bare(blocks[stop].text) == bare(blocks[number + 1].text):
                pass  # All between the line that announces the contents and the first title said again.
            elif again:
                stop = max(n + 1 for n in range(number + 1, stop) if comes_again(n))
                while stop < len(blocks) and blocks[stop].marker and not blocks[stop].gap and is_short(blocks[stop]):
                    stop += 1
            elif stop < len(blocks):
                stop -= 1  # The last one is the title of the prose that follows.
            if not again and stop - number < LEAST_ENTRIES:
                stop = number
        elif stop - number <= 1:
            stop = max(stop, _end_of_repeated_list(blocks, number))
        titles = {bare(blocks[n].text) for n in range(number, stop)}
        if stop - number >= 3 and len(titles) >= 3:
            for block in blocks[number:stop]:
                _drop(block, "navigation", CONTENTS, is_sure=not is_announced)
        number = max(stop, number + 1)


def _where_text_begins(blocks: Sequence[Block], start: int, stop: int) -> int:
    """Where the first entry of the contents is said again, or ``stop``."""
    first = bare(blocks[start].text) if start < stop else ""
    return next((n for n in range(start + 1, stop) if first and bare(blocks[n].text) == first), stop)


def _end_of_repeated_list(blocks: Sequence[Block], number: int) -> int:
    """One past the last item of a list whose first item is said again right below it: contents, then the text."""
    stop = number
    while stop < len(blocks) and blocks[stop].marker and is_short(blocks[stop]):
        stop += 1
    is_contents = stop - number >= LEAST_ENTRIES and stop < len(blocks) and not blocks[stop].marker
    return stop if is_contents and bare(blocks[stop].text) == bare(blocks[number].text) else number


def _may_be_entry(block: Block, first: Block) -> bool:
    """Whether a line may stand in a list of contents that begins with this one."""
    is_cut = block.text.rstrip()[-1:] in ":：,;،؛，；、." and not block.text.endswith("...")
    is_item = block.text[:1].islower() and not first.text[:1].islower()
    return is_short(block) and not is_cut and not is_item and bool(block.marker) >= bool(first.marker)


def _related(blocks: Sequence[Block], first_prose: int) -> None:
    """After a line such as "You might also like": titles and teasers, until the article goes on."""
    is_open = False
    for number, block in enumerate(blocks):
        if block.label is Label.BOILERPLATE and block.kind == "related" and block.words <= 7 and not block.marker:
            match = furniture().look_up(block.text, block.words)
            is_open = is_open or (number > first_prose and match is not None and match.how == "exact")
        elif is_open:
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            is_teaser = block.text.endswith(("...", "…")) or (
                following is not None and following.kind == "navigation" and following.words <= 3
            )
            leads_prose = following is not None and is_prose(following) and following.label is not Label.BOILERPLATE
            if (is_prose(block) and not is_teaser) or (is_short(block) and leads_prose and not block.marker):
                is_open = False
            elif block.words <= 40 and block.hint not in ("h1", "raw"):
                _drop(block, "related", is_sure=False)


def _comments(blocks: Sequence[Block], words: Words) -> None:
    """After a line such as "Post your comments": what readers wrote."""
    prose = [block.words if block.label is not Label.BOILERPLATE else 0 for block in blocks]
    total, before = sum(prose), 0
    for number, block in enumerate(blocks):
        before += prose[number]
        if block.kind == "comments" and before and before >= total * 0.3:
            _reader_zone(blocks[number:], words)
            return


def _reader_zone(zone: Sequence[Block], words: Words) -> None:
    stamps = sum(_is_stamp(block) for block in zone[1:])
    own = [block for block in zone if is_prose(block) and tells_of_herself(block, words)]
    is_forum = bool(own) or stamps >= 2
    after_stamp = False
    for number, block in enumerate(zone[1:], 1):
        following = zone[number + 1] if number + 1 < len(zone) else None
        if _is_stamp(block):
            _drop(block, "comments")
            after_stamp = True
        elif is_prose(block):
            if is_forum or after_stamp:
                _drop(block, "comments", is_sure=tells_of_herself(block, words) or after_stamp)
            else:
                block.is_sure = False
        elif following is not None and _resumes(block, following, words):
            return
        elif block.words <= LONGEST_TITLE:
            _drop(block, "comments", is_sure=is_forum)


def _resumes(block: Block, following: Block, words: Words) -> bool:
    """Whether the article goes on here: a heading of a known part, and prose that no reader wrote."""
    return bool(words.section(block.text)) and is_prose(following) and not tells_of_herself(following, words)


def _is_stamp(block: Block) -> bool:
    """Whether a line says who wrote the comment below it, or when."""
    if block.words > 12 or is_prose(block):
        return False
    return bool(_STAMP.search(block.text) or has_date(block.text) or _POST.fullmatch(block.text))


def tells_of_herself(block: Block, words: Words) -> bool:
    """Whether a reader speaks in the first person."""
    if CJK.search(block.text):
        folded = block.text.casefold().replace("’", "'")
        return any(word in folded for word in words.first)
    return not words.first.isdisjoint(words_in(block.text))


def _between(blocks: Sequence[Block], page: Page) -> None:
    """Short lines between two pieces of furniture are furniture."""
    above = [
        (page.touches(b), n, b) for n, b in enumerate(blocks[: page.first_prose]) if b.label is not Label.BOILERPLATE
    ]
    title = max(above)[2] if above else None
    for before, block, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if block is title:
            continue
        if (
            block.label is not Label.BOILERPLATE
            and before.label is Label.BOILERPLATE
            and after.label is Label.BOILERPLATE
            and block.words <= 6
            and not ends_sentence(block.text)
            and not block.text.rstrip().endswith((":", "："))
            and not page.words.section(block.text)
            and page.about(block) < 0.5
            and not page.is_grave(block)
            and not block.text[:1].islower()
            and not block.marker
            and block.hint not in ("h1", "h2", "h3", "raw")
        ):
            _drop(block, "navigation", "between other furniture", is_sure=False)
