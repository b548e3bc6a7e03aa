"""The program that Plainleaf is measured against: a loop of pypandoc calls, and Typst or XeLaTeX for the PDF.

    python benchmarks/building/loop.py typst|xelatex FOLDER OUT

FOLDER holds <language>/<topic>/<article>.md, translated; pictures are found in FOLDER/images. With typst each file
becomes HTML, EPUB and PDF; with xelatex the PDF alone, without its pictures, as LaTeX reads no SVG. Nothing is
checked, and Typst's fonts are found only once, which a simple loop would not do.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pypandoc
import typst

from pipeline.dialect import READER
from pipeline.formats.pdf import fonts
from pipeline.language import load_language


def convert(text: str, folder: Path, target: Path, language: str) -> None:
    """One file as HTML, EPUB and PDF."""
    options = ["--standalone", f"--resource-path={folder}", f"--metadata=lang:{language.replace('_', '-')}"]
    pypandoc.convert_text(text, "html5", READER, options, outputfile=str(target.with_suffix(".html")))
    pypandoc.convert_text(text, "epub3", READER, options, outputfile=str(target.with_suffix(".epub")))
    code = pypandoc.convert_text(text, "typst", READER, options)
    families = ", ".join(f'"{name}"' for name in (*load_language(language).fonts, "Noto Sans"))
    source = folder / "leaflet.typ"
    source.write_text(code.replace("=> conf(\n", f"=> conf(\n  font: ({families}),\n", 1), encoding="utf-8")
    typst.compile(str(source), output=str(target.with_suffix(".pdf")), root=str(folder), font_paths=fonts())


def convert_by_latex(text: str, folder: Path, target: Path, language: str) -> None:
    """One file as PDF, by XeLaTeX."""
    text = re.sub(r"(?m)^!\[.*$", "", text)
    family = load_language(language).fonts[-1 if language.startswith("zh") else 0].replace(" ", "")
    # XeLaTeX knows the system's fonts by their names, others by their files, which may have no brackets.
    file = folder / f"{family}.ttf"
    if not file.exists():
        packages = Path(typst.__file__).parents[1].glob("justmytype_*")
        shutil.copy(next(path for package in packages for path in package.rglob(f"{family}[[]*.ttf")), file)
    options = ["--pdf-engine=xelatex", f"--variable=mainfont:{file.name}", f"--variable=mainfontoptions:Path={folder}/"]
    pypandoc.convert_text(text, "pdf", READER, options, outputfile=str(target.with_suffix(".pdf")))


def main() -> None:
    """Convert every file of the folder."""
    engine, folder, out = sys.argv[1], Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve()
    for path in sorted(folder.glob("*/*/*.md")):
        target = out / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8").replace("../images/", "images/")
        language = path.relative_to(folder).parts[0]
        (convert if engine == "typst" else convert_by_latex)(text, folder, target, language)


if __name__ == "__main__":
    main()
