"""What a line looks like: dates, addresses, paths of a site and the like, told without knowing its words."""

from __future__ import annotations

import re

from pipeline.importing.blocks import ends_sentence
from pipeline.importing.nouns import Block
from pipeline.importing.vocabulary import words_in

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|janv|f[ée]vr|mars|avril|mai|juin|juil|ao[uû]t|"
    r"d[ée]c|fev|out|dez|m[äa]rz|okt|gen|mag|giu|lug|set|ott|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|"
    r"يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|كانون|شباط|آذار|نيسان|أيار|"
    r"حزيران|تموز|آب|أيلول|تشرين|"
    r"जनवरी|फरवरी|फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|सितम्बर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|दिसंबर|दिसम्बर|"
    r"(?:tháng|thg)\s?(?:1[0-2]|0?[1-9])(?!\d)|tháng|thg)\w*\.?"
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
_FIGURES = re.compile(r"\d{4}|\d[-./]\d{1,2}[-./]\d")
"""What every date has: a year in four figures, or three numbers. Quicker to look for."""


def has_date(text: str) -> bool:
    """Whether a date stands in a text."""
    return bool(_FIGURES.search(text)) and bool(DATE.search(text))


_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr|utc|gmt|[A-Z]{2,4})?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|\S+\.(?:com|org|net|gov|edu)(?:/\S*)?")
PICTURE = re.compile(r"[\w%()-]+\.(?:gif|jpe?g|png|svg|webp|bmp|tiff?|mp4|mp3|swf)\b", re.IGNORECASE)
"""The name of a picture's file."""
_PICTURE_END = re.compile(r"\.(?:gif|jp|png|svg|webp|bmp|tif|mp4|mp3|swf)", re.IGNORECASE)


def has_picture(text: str) -> bool:
    """Whether the name of a picture's file stands in a text."""
    return "." in text and bool(_PICTURE_END.search(text)) and bool(PICTURE.search(text))


_CRUMB = re.compile(r"\s[>›»→/·|•]\s|\s*[›»|]\s*")
PAGE = re.compile(
    r"[-–—\s]*(?:page|p\.|pág(?:ina)?\.?|seite|pagina|стр(?:аница|\.)?|trang|صفحة|الصفحة|पृष्ठ|पेज|第)\s*"
    r"[\d٠-٩०-९ivx]+\s*页?(?:\s*(?:of|/|de|sur|von|di|van|из|trên|من|का|में से|共)\s*[\d٠-٩०-९]+\s*页?)?[-–—\s]*"
    r"|(?:pages?|pp|págs?|páginas|seiten|страницы|стр|trang|页码|صفحات)\.?\s*:?\s*\d+\s*[-–]\s*\d+"
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
    r"|(?:comment|comments|icon|eye|views?)\s[\d.,]+\s(?:comments?|comentarios?|commentaires?|views?|visitas?)\W*"
    r"|(?:(?:words|pages|size|views|downloads|downloaded|reads|просмотрено|скачано|просмотров|загрузок|مشاهدات|"
    r"عدد القراءات|المشاهدات|浏览次数|回答|点击量|下载次数|lượt tải|páginas|palabras|descargas|visitas|téléchargements)"
    r"\s*[:：]\s*[\d.,]+\s*(?:[kmкм万千次]b?\W*)?\s*)+"
    r"|(?:reading time|time to read|temps de lecture|tiempo de lectura|lesezeit|время чтения|وقت القراءة|पढ़ने का समय|"
    r"阅读时间|阅读时长|thời gian đọc|на чтение|время на чтение)\b.{0,30}",
    re.IGNORECASE,
)
_NO_LETTER = re.compile(r"[\W\d_]+")
_ALT = re.compile(
    r"^(?:logo|logotipo|логотип)\s|(?<!\w)(?:thumbnail|logo|logotipo|avatar|banner|icon|favicon|логотип|миниатюра)$",
    re.IGNORECASE,
)
_RATING = re.compile(
    r"(?:[^\W\d_]+\W{1,3})?[0-5](?:[.,]\d{1,2})?\s*(?:out of|/|of|sur|de|von|su|из|من|में से|trên)\s*5"
    r"(?:\W{0,3}(?:stars?|estrellas|étoiles|estrelas|sterne|stelle|звёзд|звезд|نجوم|sao|based on|basado en))?"
    r"(?:\W{0,4}\d+\W{0,2}\w*)?\W*|[★☆]{3,}.{0,20}|\d+(?:[.,]\d)?\s*★.{0,20}",
    re.IGNORECASE,
)
_FILE_SIZE = re.compile(
    r"\W*(?:\w{2,5}\W{1,3})?\d+(?:[.,]\d+)?\s*(?:[kmg]i?b|ko|mo|go|кб|мб|ميجابايت|كيلوبايت)\W*", re.IGNORECASE
)
_SLUG = re.compile(
    r"[a-z]+(?:-[a-z]+)*-(?:icon|image|img|logo|photo|thumbnail|banner|avatar)|"
    r"[a-z0-9]+(?:[-_][a-z0-9]+){3,}|[a-z]*\d{4,}[-_][a-z0-9_-]+|(?:[a-z0-9]+[-_]){2,}\d+"
)
"""How picture and page files are called: "heart-valve-leak-1"."""
_PERSON = re.compile(
    r"(?:(?:dr|dra|drs|prof|profa|pr|mudr|med|ths|bs|bsck|bscki|bsckii|ts|pgs|gs|ds|yhct|phd|md|к\.\s?м\.\s?н|"
    r"д\.\s?м\.\s?н|д\.\s?ر|أ\.\s?د|د|डॉ|डा)\.\s?|(?:dr|dra|prof|doctor|professor|docteur|professeur|врач|доктор|"
    r"профессор|الدكتور|الدكتورة|دكتور|دكتورة|डॉक्टर|bác sĩ|dược sĩ)\s)+",
    re.IGNORECASE,
)
"""What stands before the name of an author."""
_TITLED = re.compile(r"(?<=[\s(,–-])(?:(?:Dr|Dra|Prof|Profa|BS|ThS|TS|PGS|GS|Д-р|д-р)\.\s?)+(?=[A-ZÀ-ÝĐА-Я])")
NAME_WITH_INITIALS = re.compile(
    r"(?<!\w)(?:[A-ZА-ЯÀ-Ý]\.\s?){1,2}[A-ZА-ЯÀ-Ý][a-zа-яёà-ÿ]{2,}|[A-ZА-Я][a-zа-яё]{2,}\s(?:[A-ZА-Я]\.\s?){2}"
)
"""A name with the first letters of the other names: "A.B. Example"."""
_TELEPHONE = re.compile(
    r"(?<!\w)(?:tel|tél|phone|telephone|téléphone|telefon|telefono|teléfono|telefone|fax|mobile|móvil|hotline|whatsapp|"
    r"call us|zalo|тел|телефон|факс|هاتف|تليفون|جوال|فاكس|واتساب|फोन|फ़ोन|मोबाइल|电话|電話|热线|手机|"
    r"điện thoại|đường dây nóng|số điện thoại|tổng đài|sđt|đt)(?!\w)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,])(?:\+\d{1,3}[\s.-]?)?\(\d{2,5}\)[\s.-]?\d{2,5}(?:[\s.-]\d{2,5}){1,3}(?![\w.,])")
"""A number with its area in brackets."""
_STREET = re.compile(
    r"(?<!\w)(?:ул|пр|просп|пер|наб|бул|шоссе)\.\s?.{2,40}\d|(?<!\w)(?:улица|проспект|переулок|шоссе)\s.{2,40}\d"
    r"|(?<!\w)(?:calle|avenida|avda|av|plaza|paseo|carrera|rua|praça|rue|boulevard|bd|avenue|via|piazza)\.?\s.{2,40}\d"
    r"|\d+\w?,?\s(?:bis\s)?(?:rue|avenue|boulevard|place|chemin)\s"
    r"|\d+\s(?:[A-Z][a-z]+\s){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|boulevard|blvd)\b"
    r"|(?<!\w)\w+(?:straße|strasse|str\.)\s\d"
    r"|(?<!\w)(?:ngõ|ngách|đường|phố)\s.{2,40}(?:quận|phường|tp|hà nội|hồ chí minh)"
    r"|(?<!\w)\d+\s(?:đường|phố)\s|شارع\s.{2,40}\d|[\u4e00-\u9fff]{1,8}[路街道]\d+号",
    re.IGNORECASE,
)
OFFERS = frozenset(
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
    r"(?:主任医师|主治医师|医师|教授|医院|[内外妇儿骨眼皮]科|(?:皮肤|耳鼻喉|神经|泌尿|消化|呼吸|心血管|内分泌|风湿|肿瘤|康复|口腔|中医|感染|急诊|血液|肾|肝胆|胃肠|妇产)[内外]?科|专科|门诊部?|研究所|三级甲等|三甲)[)）]?$"
    r"|科[:：]\s?[\u4e00-\u9fff]{2,4}[)）]$|,\s?(?:M\.?D\.?|Ph\.?D\.?|R\.?N\.?|FRCP|MBBS|D\.?O\.?|PharmD|FACC|MPH|MSc|BSc)(?![\w])"
)
"""What stands behind the name of an author, or is where she works."""


_TEASER = re.compile(
    r"(?:more|ver más|leer más|más|lire la suite|en savoir plus|mehr|weiterlesen|leia mais|اقرأ المزيد|المزيد|और पढ़ें|"
    r"更多|阅读全文|阅读更多|xem thêm|đọc thêm|подробнее|далее|читать далее)\s*(?:\.\.\.|…|»|>+|→)$",
    re.IGNORECASE,
)


def shape(block: Block, *, is_before: bool, is_last: bool) -> list[str]:
    """Features that need no vocabulary.

    is_before: whether the block stands before the first prose of the page. is_last: whether no prose is below it.
    """
    text, words = block.plain, block.words
    has_figures = any(map(str.isdigit, text))
    features = _short_shape(block, has_figures, is_before=is_before) if words <= 12 else []
    if text.startswith("#") and all(len(word) > 2 and word[0] == "#" for word in text.split()):
        features.append("tags alone")
    if block.text[:2] == "![" and (has_picture(block.text) or block.text[-1] == ")"):
        features.append("file of a picture")
    if words <= 45 and text.endswith(tuple(".…»>→")) and _TEASER.search(text[-40:]):
        features.append("ends like a teaser")
    if is_before and 9 < words <= 16 and has_figures and not ends_sentence(text) and _is_stamp(text):
        features.append("date and little else")
    if has_figures and re.match(r"\d{1,2}:\d\d\s", text):
        features.append("begins with the time of day")
    if not ends_sentence(text):
        features += _separated(text)
        features += _credit(block, is_before=is_before)
    if is_before or is_last:
        features += _contact(block, has_figures=has_figures)
        if words <= 14 and not features and not ends_sentence(text) and _names_a_doctor(text):
            features.append("names a person with a title")
    if 8 <= words <= 60 and is_last:
        offers = OFFERS.intersection(words_in(text))
        is_loud = "!" in text or (len(offers) >= 2 and any(len(word) >= 5 and word.isupper() for word in text.split()))
        if len(offers) + is_loud >= 3:
            features.append("offers of the site")
    return features


def _short_shape(block: Block, has_figures: bool, *, is_before: bool) -> list[str]:
    """What a short line consists of, where that is not words."""
    text = block.plain
    if not any(map(str.isalnum, text)):
        is_table = "|" in text and "-" in text
        return [] if is_table else ["marks alone"]
    if has_figures:
        for name, matches in (
            ("figures alone", _NO_LETTER.fullmatch),
            ("page number", PAGE.fullmatch),
            ("counter", _COUNTER.fullmatch),
            ("date alone", _is_date),
            ("rating", _RATING.fullmatch),
            ("size of a file", _FILE_SIZE.fullmatch),
        ):
            if matches(text):
                return [name]
        if is_before and block.words <= 9 and _is_date(text, spare=2):
            return ["date and little else"]
    if (has_picture(text) and len(PICTURE.sub("", text).split()) <= 2) or _ALT.search(text):
        return ["file of a picture"]
    if block.gap and _SLUG.fullmatch(text):
        return ["name of a file"]
    is_address = "." in text and len(_ADDRESS.sub("", text).split()) <= 2 and _ADDRESS.search(text)
    return ["address alone"] if is_address else []


def _is_date(text: str, spare: int = 1) -> bool:
    """Whether a line is a date, with at most so many other words."""
    if not _FIGURES.search(text):
        return False
    left, count = DATE.subn(" ", text)
    return count > 0 and len(re.findall(r"[^\W\d_]{2,}", _CLOCK.sub(" ", left))) <= spare


def _is_stamp(text: str) -> bool:
    """Whether a line is mostly a date that is said twice, or with its time of day."""
    if not _FIGURES.search(text):
        return False
    left, count = DATE.subn(" ", text)
    return count >= 2 or (count == 1 and bool(_CLOCK.search(left)))


def _credit(block: Block, *, is_before: bool) -> list[str]:
    """Whether a line that is no sentence names who made the page."""
    text, words = block.plain, block.words
    if words <= 20 and _POST.search(text):
        return ["names a post or a clinic"]
    if words <= 9 and (match := _PERSON.match(text)) and _are_names(text[match.end() :]):
        return ["names a person with a title"]
    if is_before and not block.marker and words <= 24 and _are_people(text):
        return ["names several people"]
    return []


def _names_a_doctor(text: str) -> bool:
    """Whether a line that begins with something else names a person with a title in capital initials."""
    match = _TITLED.search(text)
    return match is not None and _are_names(text[match.end() :])


def _are_names(text: str) -> bool:
    """Whether every word that has a case begins with a capital, or the few words have none."""
    names = [word for word in re.findall(r"[^\W\d_][\w'’.-]*", text) if len(word) > 1]
    if not 1 <= len(names) <= 6:
        return False
    cased = [word for word in names if word[0].lower() != word[0].upper()]
    return all(word[0].isupper() for word in cased) if cased else len(names) <= 4


def _are_people(text: str) -> bool:
    """Whether a line lists people: three names or more of two words or more, all in capital initials."""
    if len(NAME_WITH_INITIALS.findall(text)) >= 2 and not ends_sentence(text):
        return True
    pieces = [piece.strip(" *.0123456789") for piece in re.split(r"[,;،]", text)]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) < 3 or any(not 2 <= len(piece.split()) <= 5 for piece in pieces):
        return False
    words = [word for piece in pieces for word in piece.split()]
    return all(word[0].isupper() and not word.isupper() for word in words)


def _contact(block: Block, *, has_figures: bool) -> list[str]:
    """Whether a line says how to reach somebody: a telephone number with its name, a street with its number."""
    text = block.plain
    if not has_figures or block.words > 14 or ends_sentence(text):
        return []
    if sum(map(str.isdigit, text)) >= 6 and (_TELEPHONE.search(text) or _NUMBER.search(text)):
        return ["telephone number"]
    return ["address of a house"] if _STREET.search(text) else []


def _separated(text: str) -> list[str]:
    """Whether a line is a path of the site, or its menu: short pieces with marks between them."""
    if not any(mark in text for mark in ">›»|→/·•"):
        return []
    pieces = [piece for piece in _CRUMB.split(text) if piece.strip()]
    if len(pieces) < 3 or max(len(piece.split()) for piece in pieces) > 6 or "|---" in text or text[:1] == "|":
        return []
    if "»" in text and any(piece.strip()[:1].islower() for piece in pieces[1:]):
        return []  # Quotation marks.
    return ["breadcrumb" if re.search(r"[>›»/→]", text) else "menu in one line"]
