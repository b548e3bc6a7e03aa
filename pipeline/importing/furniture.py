"""Which blocks are furniture by themselves: each feature has a weight, and a block that reaches 2 is dropped.

The table below is the whole of the rule. Zones (readers' comments, links to other pages) and runs of menu entries
are told by their neighbours: pipeline/importing/zones.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.importing.blocks import ends_sentence
from pipeline.importing.nouns import Block, Line
from pipeline.importing.vocabulary import Match, Words, furniture, terms, tokens

ENOUGH = 2.0

WEIGHTS = {
    "exact phrase": 3.0,
    "opening phrase": 2.5,
    "phrase inside": 2.5,
    "breadcrumb": 2.5,
    "menu in one line": 2.5,
    "address alone": 3.0,
    "figures alone": 3.0,
    "date alone": 3.0,
    "page number": 3.0,
    "counter": 3.0,
    "file of a picture": 3.0,
    "offers of the site": 3.0,
    "names a post or a clinic": 2.5,
    "begins with the time of day": 2.0,
    "marks alone": 3.0,
    "ends like a teaser": 2.5,
    "reads as a sentence": -1.0,
    "names a part of an article": -1.5,
    "marked as a list item": -0.4,
}
"""What speaks for furniture (above 0) and for the article (below 0)."""

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|janv|f[ée]vr|mars|avril|mai|juin|juil|ao[uû]t|"
    r"d[ée]c|fev|out|dez|m[äa]rz|okt|gen|mag|giu|lug|set|ott|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|"
    r"يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|كانون|شباط|آذار|نيسان|أيار|"
    r"حزيران|تموز|آب|أيلول|تشرين|"
    r"जनवरी|फरवरी|फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|सितम्बर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|दिसंबर|दिसम्बर|"
    r"tháng)\w*\.?"
)
_DAY = r"[0-9٠-٩०-९]{1,2}(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"[0-9٠-٩०-९]{4}"
DATE = re.compile(
    rf"(?:{_DAY}[\s,]*(?:de |of )?{_MONTH}[\s,]*(?:de |of )?{_YEAR}|{_MONTH}\s+{_DAY}\s*,?\s*{_YEAR}|"
    rf"{_MONTH}\s+(?:de )?{_YEAR}|{_YEAR}\s*[-./年]\s*\d{{1,2}}\s*[-./月]\s*\d{{1,2}}\s*日?|{_YEAR}年\d{{1,2}}月|"
    rf"\d{{1,2}}[-./]\d{{1,2}}[-./](?:{_YEAR}|\d\d)|ngày \d{{1,2}}[^\d]{{1,8}}\d{{1,2}}[^\d]{{1,6}}{_YEAR})",
    re.IGNORECASE,
)
"""A date as pages write it."""
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr|utc|gmt|[A-Z]{2,4})?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|\S+\.(?:com|org|net|gov|edu)(?:/\S*)?")
PICTURE = re.compile(r"[\w%()-]+\.(?:gif|jpe?g|png|svg|webp|bmp|tiff?|mp4|mp3|swf)\b", re.IGNORECASE)
"""The name of a picture's file."""
_PICTURE_ENDS = (".gif", ".jp", ".png", ".svg", ".webp", ".bmp", ".tif", ".mp4", ".mp3", ".swf")


def has_picture(text: str) -> bool:
    """Whether the name of a picture's file stands in a text."""
    folded = text.lower() if "." in text else ""
    return any(end in folded for end in _PICTURE_ENDS) and bool(PICTURE.search(text))


_CRUMB = re.compile(r"\s[>›»→/·|•]\s|\s*[›»|]\s*")
_PAGE = re.compile(
    r"[-–—\s]*(?:page|p\.|pág(?:ina)?\.?|seite|pagina|стр(?:аница|\.)?|trang|صفحة|الصفحة|पृष्ठ|पेज|第)\s*"
    r"[\d٠-٩०-९ivx]+\s*页?(?:\s*(?:of|/|de|sur|von|di|van|из|trên|من|का|में से|共)\s*[\d٠-٩०-९]+\s*页?)?[-–—\s]*"
    r"|[\d٠-٩०-९]{1,4}\s*(?:of|/|de|sur|von|из|من)\s*[\d٠-٩०-९]{1,4}",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"[\d.,]+\s*[km万千]?\+?\s*(?:views?|likes?|shares?|comments?|replies|reads?|votes?|ratings?|min(?:ute)?s? read|"
    r"followers|visitas|vistas|lecturas|comentarios?|compartid\w+|min(?:utos)? de lectura|me gusta|vues?|lectures?|"
    r"commentaires?|partages?|min(?:utes)? de lecture|j'aime|visualizações|comentários?|aufrufe|kommentare?|"
    r"مشاهدة|مشاهدات|تعليق|تعليقات|مشاركة|مشاركات|دقائق قراءة|दृश्य|व्यूज|टिप्पणियां|टिप्पणियाँ|टिप्पणी|मिनट पढ़ें|"
    r"次浏览|次阅读|人阅读|阅读|浏览|评论|条评论|点赞|人点赞|lượt xem|lượt thích|bình luận|phút đọc|"
    r"просмотр\w*|комментари\w+|отзыв\w*|мин(?:ут\w*)?\.? чтения|лайк\w*)\W*"
    r"|(?:views?|likes?|shares?|comments?|visitas|comentarios|vues|commentaires|الزيارات|المشاهدات|عدد المشاهدات|"
    r"阅读|浏览|评论|阅读量|浏览量|点击|lượt xem|bình luận|просмотров|просмотры|комментарии|комментариев)\s*"
    r"[:：(（]?\s*[\d.,]+\s*[km万千]?\s*[)）次]?"
    r"|(?:reading time|time to read|temps de lecture|tiempo de lectura|lesezeit|время чтения|وقت القراءة|पढ़ने का समय|"
    r"阅读时间|阅读时长|thời gian đọc|на чтение|время на чтение)\b.{0,30}",
    re.IGNORECASE,
)
_OFFERS = frozenset(
    """video videos webinar webinars podcast podcasts newsletter newsletters quiz quizzes infographic interactive
    downloadable download click link links website webpage online app apps e-book ebook guide toolkit
    vídeo vídeos enlace enlaces descargar descarga descargue interactivo interactiva aplicación gratis gratuito gratuita
    electrónico vidéo vidéos lien liens téléchargez télécharger cliquez interactif gratuit gratuite internet site
    herunterladen kostenlos kostenlose webseite видео скачайте скачать ссылка ссылке сайт сайте сайта бесплатно
    бесплатный вебинар приложение hotline الموقع تطبيق فيديو رابط مجانا مجاني حمل اضغط वीडियो वेबसाइट ऐप लिंक डाउनलोड
    मुफ्त क्लिक""".split()
)
"""What a page says of the site that it stands on, and an article hardly of health."""
_POST = re.compile(
    r"(?:主任医师|主治医师|医师|教授|医院|[内外妇儿骨眼皮]科|专科|门诊部?|研究所)$"
    r"|,\s?(?:M\.?D\.?|Ph\.?D\.?|R\.?N\.?|FRCP|MBBS|D\.?O\.?|PharmD|FACC|MPH|MSc|BSc)(?![\w])"
)
"""What stands behind the name of an author, or is where she works."""


@dataclass(frozen=True, slots=True)
class Score:
    """How much speaks for furniture, and why."""

    points: float
    kind: str
    reason: str
    features: tuple[str, ...]


def topic(blocks: Iterable[Block], words: Words) -> Counter[str]:
    """How often the page's prose uses each word that carries meaning."""
    prose = " ".join(block.text for block in blocks if block.words >= 8 and ends_sentence(block.text))
    return Counter(word for word in terms(prose) if word not in words.common)


def _is_prose(block: Block) -> bool:
    return block.words >= 8 and ends_sentence(block.text) and not block.text.endswith(("...", "…"))


class Page:
    """What a block's score needs to know of the whole page."""

    def __init__(self, blocks: Sequence[Block], words: Words) -> None:
        self.words = words
        self.topic = topic(blocks, words)
        prose = [n for n, block in enumerate(blocks) if _is_prose(block)]
        self.first_prose, self.last_prose = (prose[0], prose[-1]) if prose else (len(blocks), -1)

    def is_grave(self, block: Block) -> bool:
        """Whether a line speaks of an emergency: its place alone is no reason to drop it."""
        return bool(self.words.emergency.search(block.text.casefold()))

    def about(self, block: Block) -> float:
        """Which share of a line's own words the prose uses more than once."""
        own = [word for word in terms(block.text) if word not in self.words.common]
        return sum(self.topic[word] >= 2 for word in own) / len(own) if own else 0.0


def score(block: Block, page: Page, number: int) -> Score:
    """The features of the block with this number on the page, and what they weigh."""
    features: list[str] = []
    match = furniture().look_up(block.plain, block.words)
    if match and not _is_in_place(match, block, page.first_prose < number < page.last_prose):
        match = None
    if match:
        features.append({"exact": "exact phrase", "starts": "opening phrase"}.get(match.how, "phrase inside"))
    features += _shape(block, is_last=number >= page.last_prose)
    if not features:
        return Score(0.0, "", "", ())
    is_plain = match is None or (
        match.how == "starts" and match.kind not in ("cookies", "comments", "login", "legal", "related")
    )
    if is_plain and ends_sentence(block.text) and block.words >= 8 and "ends like a teaser" not in features:
        features.append("reads as a sentence")
    is_dated = match is not None and match.kind in ("byline", "date") and DATE.search(block.text)
    is_open = match is None or (match.kind in ("byline", "date", "media") and not is_dated)
    if is_plain and is_open and block.words <= 14 and page.words.section(block.text):
        features.append("names a part of an article")
    if block.marker:
        features.append("marked as a list item")
    kind, reason = _named(match, features)
    return Score(sum(WEIGHTS[name] for name in features), kind, reason, tuple(features))


def _named(match: Match | None, features: Sequence[str]) -> tuple[str, str]:
    if match:
        return match.kind, furniture().reasons[match.kind]
    name = features[0]
    if name == "names a post or a clinic":
        return "byline", furniture().reasons["byline"]
    if name == "date alone":
        return "date", furniture().reasons["date"]
    if name == "ends like a teaser":
        return "advertising", name
    if name == "file of a picture":
        return "media", furniture().reasons["media"]
    return ("advertising" if name == "offers of the site" else "navigation"), name


def _is_in_place(match: Match, block: Block, is_inside: bool) -> bool:
    """Whether a phrase means here what it means around an article: "By the evening" names no author."""
    if match.how != "starts":
        return True
    rest = block.text[len(match.phrase) :].lstrip(" :：")
    if match.kind == "date":
        return bool(re.search(r"\d", block.text))
    if match.kind == "byline":
        has_colon = ":" in block.text[:40] or "：" in block.text[:20]
        if is_inside and not has_colon:
            return False
        return has_colon or not match.phrase.endswith(" ") or (block.words <= 9 and not rest[:1].islower())
    return True


_TEASER = re.compile(
    r"(?:more|ver más|leer más|más|lire la suite|en savoir plus|mehr|weiterlesen|leia mais|اقرأ المزيد|المزيد|और पढ़ें|"
    r"更多|阅读全文|阅读更多|xem thêm|đọc thêm|подробнее|далее|читать далее)\s*(?:\.\.\.|…|»|>+|→)$",
    re.IGNORECASE,
)


def _shape(block: Block, *, is_last: bool) -> list[str]:
    """Features that need no vocabulary."""
    text, words = block.plain, block.words
    has_figures = any(map(str.isdigit, text))
    features = _short_shape(text, has_figures) if words <= 12 else []
    if words <= 45 and text[-1] in ".…»>→" and _TEASER.search(text[-40:]):
        features.append("ends like a teaser")
    if has_figures and re.match(r"\d{1,2}:\d\d\s", text):
        features.append("begins with the time of day")
    if not ends_sentence(text):
        features += _separated(text)
        if words <= 20 and _POST.search(text):
            features.append("names a post or a clinic")
    if 8 <= words <= 60 and is_last:
        offers = _OFFERS.intersection(tokens(text.casefold()))
        is_loud = "!" in text or (len(offers) >= 2 and any(len(word) >= 5 and word.isupper() for word in text.split()))
        if len(offers) + is_loud >= 3:
            features.append("offers of the site")
    return features


def _short_shape(text: str, has_figures: bool) -> list[str]:
    """What a short line consists of, where that is not words."""
    if not any(map(str.isalnum, text)):
        return ["marks alone"]
    if has_figures:
        if not any(map(str.isalpha, text)):
            return ["figures alone"]
        for name, matches in (
            ("page number", _PAGE.fullmatch),
            ("counter", _COUNTER.fullmatch),
            ("date alone", _is_date),
        ):
            if matches(text):
                return [name]
    if has_picture(text) and len(PICTURE.sub("", text).split()) <= 2:
        return ["file of a picture"]
    is_address = "." in text and len(_ADDRESS.sub("", text).split()) <= 2 and _ADDRESS.search(text)
    return ["address alone"] if is_address else []


def _is_date(text: str) -> bool:
    left, count = DATE.subn(" ", text)
    return count > 0 and len(re.findall(r"[^\W\d_]{2,}", _CLOCK.sub(" ", left))) <= 1


def _separated(text: str) -> list[str]:
    """Whether a line is a path of the site, or its menu: short pieces with marks between them."""
    if not any(mark in text for mark in ">›»|→/·•"):
        return []
    pieces = [piece for piece in _CRUMB.split(text) if piece.strip()]
    if len(pieces) < 3 or max(len(piece.split()) for piece in pieces) > 6 or "|---" in text or text[:1] == "|":
        return []
    return ["breadcrumb" if re.search(r"[>›»/→]", text) else "menu in one line"]


def running_heads(lines: Sequence[Line]) -> set[int]:
    """Numbers of the lines that are heads and feet of printed pages.

    They stand beside a page break or a page number, and on more than one page.
    """
    near = [bool(line.page or _PAGE.fullmatch(line.text)) for line in lines]
    places: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        is_short = len(line.text) <= 90 and not line.marker and not ends_sentence(line.text)
        if (is_short or near[place]) and any(near[max(place - 3, 0) : place + 4]):
            places.setdefault(re.sub(r"\d+", "#", line.text), []).append(place)
    found = set()
    for name, at in places.items():
        pages = sum(b - a > 3 for a, b in pairwise(at)) + 1
        if _PAGE.fullmatch(lines[at[0]].text) or (pages >= 2 and name.strip("# ")):
            found |= {lines[place].number for place in at}
    return found
