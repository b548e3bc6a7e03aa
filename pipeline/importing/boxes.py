"""What stands in boxes beside an article: fact boxes of encyclopaedias, captions of pictures, teasers below the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.importing.blocks import bare, ends_sentence, ends_with_colon
from pipeline.importing.furniture import Page
from pipeline.importing.nouns import Block, Label
from pipeline.importing.vocabulary import CJK

_CODE = re.compile(
    r"(?:ICD|CIE|CIM|CID|МКБ|МКХ|국제질병분류|आईसीडी|国际疾病分类|الدولي للأمراض)[\s\w.-]{0,6}.{0,12}\d"
    r"|(?:DiseasesDB|Diseases Database|MedlinePlus|eMedicine|MeSH|OMIM|Orphanet|GARD|SNOMED CT|DrugBank|PubChem|UNII|"
    r"ChEMBL|CAS|Wikidata ID|ت\.د\.|ق\.ب\.|ن\.ف\.م\.ط|"
    r"وراثة مندلية بشرية|مدلاين\s?بلس|قاعدة بيانات الأمراض|ميدلاين\s?بلس|إي ميديسين|डिज़ीज़-डीबी|मेडलाइन प्लस|ई-मेडिसिन)"
    r"(?:\b|(?<=\.)).{0,6}[\s:\[-].{0,40}\d",
    re.IGNORECASE,
)
"""A number in a catalogue of diseases or drugs."""
_KEY = re.compile(
    r"(?:terme anglais|english term|término en inglés|autres noms|other names|otros nombres|outros nomes|تسميات أخرى|"
    r"(?:medical )?specialty|especialidad|spécialité|especialidade|fachgebiet|специальность|التخصص|الاختصاص|"
    r"विशेषज्ञता क्षेत्र|विशेषज्ञता|醫學專科|医学专科|chuyên khoa|"
    r"usual onset|diagnostic method|"
    r"classification and external resources|clasificación y recursos externos|classification et ressources externes|"
    r"classificação e recursos externos|классификация и внешние ресурсы|معلومات عامة|"
    r"تصنيف وموارد خارجية|المظهر السريري|वर्गीकरण एवं बाह्य साधन|"
    r"分類和外部資源|分类和外部资源|phân loại và tài liệu bên ngoài)(?:\s.{1,60})?",
    re.IGNORECASE,
)
"""The first words of rows that only fact boxes have."""
_PICTURE = re.compile(
    r"(?:schéma|graphique|illustration|diagram|diagrama|esquema|gráfico|ilustración|ilustração|infographic|infografía|"
    r"infographie|figure|figura|abbildung|схема|рисунок|рис\.|иллюстрация|صورة|رسم توضيحي|hình ảnh|hình|sơ đồ|"
    r"चित्र|तस्वीर)"
    r"(?!\w)\s?\S",
    re.IGNORECASE,
)
"""How captions in a fact box begin."""
_CAPTION = re.compile(
    r"(?:figure|fig\.|figura|рисунок|рис\.|hình|الشكل|图|abbildung|abb\.|चित्र)\s*\d|(?:schéma|graphique|illustration) "
    r"(?:anatom|d[eu]s? |de l|of )|diagram of |infographi|infográfi|infografí|رسم توضيحي|hình ảnh minh|sơ đồ |चित्र\s*:",
    re.IGNORECASE,
)
"""How a caption begins that no heading does."""
_MAKER = r"(?:ảnh|hình|photo|foto|image|imagen|crédits?|credit|фото|صورة|الصورة|图|फोटो)"
_CREDIT = re.compile(
    rf"[-–—(|]\s*{_MAKER}\s*(?:by|:|：|de|©)?\s*[^\s.].{{0,40}}$|\.\s+{_MAKER}\s?(?:by|[:：©])\s*[^\s.].{{0,40}}$",
    re.IGNORECASE,
)
"""How a caption ends that names the photographer or the agency."""
_SIGNED = re.compile(r"\.\s+(?:ảnh|hình|photo|foto|фото)\s?:\s?[^\s.][^.]{1,30}\.$", re.IGNORECASE)
"""How a caption of two sentences ends."""
_NUMBERED = re.compile(
    r"(?:figure|fig\.|figura|рисунок|рис\.|hình|الشكل|图|圖|abbildung|abb\.|चित्र)\s?\d{1,2}(?:[-–.]\d{1,2})?[.:：]?(?:\s|$)",
    re.IGNORECASE,
)
"""How a caption with a number begins."""
AGENCIES = tuple(
    "shutterstock|getty images|istock|istockphoto|adobe stock|unsplash|pixabay|freepik|pexels|depositphotos|123rf|"
    "fotolia|reuters|afp|legion-media|шаттерсток".split("|")
)
"""An agency at the end of a caption."""
_BRACKETED = re.compile(
    r"\((?:nguồn:? (?:internet|sưu tầm|ảnh.{0,30}|hình.{0,30})|ảnh minh h[oọ]ạ?|ảnh:.{1,30}|photo ?:.{1,40}|"
    r"foto ?:.{1,40}|"
    r"фото ?:.{1,40}|imagen ?:.{1,40}|图片来源.{1,20}|图源.{1,20}|فوتو.{0,20})\)\.?$",
    re.IGNORECASE,
)
"""The maker in brackets at the end of a caption."""
_NUMBERED = re.compile(
    r"(?:figure|fig\.|figura|рисунок|рис\.|hình|الشكل|图|圖|abbildung|abb\.|चित्र)\s?\d{1,2}(?:[-–.]\d{1,2})?[.:：]?(?:\s|$)",
    re.IGNORECASE,
)
"""How a caption with a number begins."""
_AGENCY = re.compile(
    r"(?:shutterstock|getty images|istock(?:photo)?|adobe stock|unsplash|pixabay|freepik|pexels|depositphotos|123rf|"
    r"fotolia|reuters|afp|legion-media|шаттерсток)\s*\)?\.?$",
    re.IGNORECASE,
)
"""An agency at the end of a caption."""
LONGEST_ROW = 14
"""Words of a row of a fact box."""
FARTHEST_ROW = 8
"""Lines above the first row that is known, which may belong to the box."""
LONGEST_CREDITED = 45
"""Words of a caption with the name of its photographer."""
LONGEST_SIGNATURE = 90
"""Characters at the end of a caption that the name of its maker stands in."""
LONGEST_CAPTION = 10
"""Words of a caption that is no sentence."""


def mark_boxes(blocks: Sequence[Block], page: Page) -> None:
    """Drop fact boxes, captions and teasers, each with its reason."""
    _fact_boxes(blocks, page)
    _captions(blocks, page)
    _teasers(blocks)


def _fact_boxes(blocks: Sequence[Block], page: Page) -> None:
    """Rows around two lines or more that only stand in a fact box; never a sentence, never what leads in a list."""
    anchors = [n for n, block in enumerate(blocks) if _is_anchor(block)]
    if len(anchors) < 2 or anchors[-1] - anchors[0] > 40:
        return
    start, stop = anchors[0], anchors[-1] + 1
    highest = next((n for n, block in enumerate(blocks) if block.label is not Label.BOILERPLATE), 0) + 1
    while start > max(highest, anchors[0] - FARTHEST_ROW):
        above = blocks[start - 1]
        if not _may_be_row(above) or (_is_title(above, page) and start - 1 <= highest):
            break
        start -= 1
    while stop < len(blocks) and not blocks[stop].gap and _may_be_row(blocks[stop]):
        stop += 1
    for block in blocks[start:stop]:
        if block.label is not Label.BOILERPLATE and _may_be_row(block) and not page.is_grave(block):
            block.drop("box", "row of a fact box", is_sure=_is_anchor(block))


def _is_anchor(block: Block) -> bool:
    if block.words > LONGEST_ROW or ends_sentence(block.text):
        return False
    return bool(_CODE.match(block.text) or (block.words <= 8 and _KEY.fullmatch(block.text)))


def _may_be_row(block: Block) -> bool:
    is_caption = block.words <= LONGEST_CAPTION and bool(_PICTURE.match(block.text))
    longest = LONGEST_ROW + 6 if block.text[-1:] == "]" else LONGEST_ROW
    is_short = block.words <= longest and not ends_with_colon(block.text)
    is_short = is_short and (is_caption or not ends_sentence(block.text))
    return is_short and block.text[-1:] not in "?？؟" and block.hint not in ("h1", "h2", "h3", "raw")


def _is_title(block: Block, page: Page) -> bool:
    return block.words <= 6 and page.about(block) >= 0.67


def _captions(blocks: Sequence[Block], page: Page) -> None:
    """What pictures say of themselves: lines that head nothing, or that say a title or a caption once more."""
    said = Counter(bare(block.text) for block in blocks if block.words <= LONGEST_CAPTION + 8)
    for number, block in enumerate(blocks):
        if block.label is Label.BOILERPLATE or block.marker or block.hint or block.words > LONGEST_CREDITED:
            continue
        if page.is_grave(block):
            continue
        before = blocks[number - 1] if number else None
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if _credits_a_picture(block):
            block.drop("media", "ends with the name of a photographer: a caption", is_sure=False)
        elif block.words <= LONGEST_ROW and not ends_sentence(block.text) and _NUMBERED.match(block.text):
            block.drop("media", "begins like a caption with a number", is_sure=False)
        elif following is not None:
            _caption_by_its_place(before, block, following, said, page, is_above=number < page.first_prose)


def _credits_a_picture(block: Block) -> bool:
    if block.words < 3:
        return False
    end = block.text[-LONGEST_SIGNATURE:]
    if end.rstrip(" .)").casefold().endswith(AGENCIES) or (")" in end[-2:] and _BRACKETED.search(end)):
        return True
    if ends_sentence(block.text):
        return ":" in end and _SIGNED.search(end) is not None
    return block.words >= 4 and _CREDIT.search(end) is not None


def _caption_by_its_place(
    before: Block | None, block: Block, following: Block, said: Counter[str], page: Page, *, is_above: bool
) -> None:
    is_twin = following.text == block.text and not following.marker and not following.hint
    if ends_sentence(block.text):
        if is_twin and 2 <= block.words <= LONGEST_CAPTION + 8:
            following.drop("media", "the line above once more: a caption", is_sure=False)
        return
    is_below_text = before is not None and ends_sentence(before.text) and block.gap and not following.gap
    if is_twin and not is_above and (block.words >= 8 or is_below_text):
        for twin in (block, following):
            twin.drop("media", "the same twice, one below the other: a caption", is_sure=False)
    elif block.gap and following.gap and block.words <= LONGEST_CAPTION and _CAPTION.match(block.text):
        if not page.words.section(block.text):
            block.drop("media", "stands alone and begins like a caption", is_sure=False)
    elif is_twin and 2 <= block.words <= LONGEST_CREDITED:
        following.drop("media", "the line above once more: a caption", is_sure=False)
    elif before is not None and _is_caption(before, block, following, said[bare(block.text)] > 1):
        block.drop("media", "stands alone between paragraphs: a caption", is_sure=False)


def _is_caption(before: Block, block: Block, following: Block, is_said_again: bool) -> bool:
    """Whether a short line that stands alone is no heading: it heads nothing, or says one in lower case once more."""
    is_bare = not ends_sentence(block.text) and not ends_with_colon(block.text)
    is_alone = block.gap and following.gap and block.words <= LONGEST_CAPTION
    if not is_bare or not is_alone or following.text[:1].islower():
        return False
    if is_said_again and (block.text[:1].islower() or bare(following.text) == bare(block.text)):
        return True
    heads_nothing = following.words <= LONGEST_CAPTION and not ends_sentence(following.text) and not following.marker
    is_after_text = ends_sentence(before.text)
    is_lower = block.text[:1].islower() and block.words >= 2 and (heads_nothing or ends_with_colon(following.text))
    return is_after_text and not following.marker and (is_lower or (heads_nothing and is_said_again))


def _teasers(blocks: Sequence[Block]) -> None:
    """Two lines or more at the end that are all cut off with dots: a text has one cut, the links below it have many."""
    stop = len(blocks)
    while stop and blocks[stop - 1].label is Label.BOILERPLATE:
        stop -= 1
    start = stop
    while start and _is_cut(blocks[start - 1]):
        start -= 1
    if stop - start >= 2 and any(block.words >= 8 for block in blocks[:start]):
        for block in blocks[start:stop]:
            block.drop("related", "cut off with dots below the end of the article", is_sure=False)


def _is_cut(block: Block) -> bool:
    longest = 60 if CJK.search(block.text) else 45
    return block.text.endswith(("...", "…")) and block.words <= longest and not block.marker and block.hint != "raw"
