"""Makes the site of the documentation: python -m tools.make_site [FOLDER]

The pages are those of docs/ and CONTRIBUTING.md. A warning, such as a link that leads nowhere, stops it. Nothing is
fetched.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "site"
_MENDED = (
    ('<p class="caption" role="heading">', '<p class="caption" role="heading" aria-level="2">'),
    ('<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="All pages">'),
    ('<aside class="toc-drawer', '<aside aria-label="This page" class="toc-drawer'),
    ("<pre>", '<pre tabindex="0">'),
    ('<div class="table-wrapper ', '<div tabindex="0" class="table-wrapper '),
    ('<div id="search-results">', '<h1>Search</h1>\n<div id="search-results">'),
)
_LINK = re.compile(r"(?<=\]\()([^)#\s:]+)(?=[)#])")


def main(arguments: list[str]) -> int:
    """Build it. Returns the exit status."""
    try:
        from sphinx.cmd.build import main as sphinx  # noqa: PLC0415 - only the site needs it
    except ModuleNotFoundError:
        print("the site needs Sphinx: pip install 'plainleaf[docs]'", file=sys.stderr)
        return 2
    folder = Path(arguments[0]).resolve() if arguments else FOLDER
    with tempfile.TemporaryDirectory() as scratch:
        pages = Path(scratch) / "pages"
        gather(pages)
        options = ["-q", "-W", "--keep-going", "-b", "html", "-d", str(Path(scratch) / "doctrees")]
        status: int = sphinx([*options, str(pages), str(folder)])
    for page in folder.glob("*.html"):
        page.write_text(accessible(page.read_text("utf-8")), "utf-8")
    return status


def gather(pages: Path) -> None:
    """The sources of the site in one folder, with links as they are there."""
    shutil.copytree(ROOT / "docs", pages)
    shutil.copytree(Path(__file__).parent / "site", pages, dirs_exist_ok=True)
    shutil.copy(ROOT / "CONTRIBUTING.md", pages / "contributing.md")
    for page in pages.glob("*.md"):
        home = ROOT if page.name == "contributing.md" else ROOT / "docs"
        text = page.read_text("utf-8")
        page.write_text(_LINK.sub(partial(_moved, home), text), "utf-8")
    _list_the_rest(pages)


def _list_the_rest(pages: Path) -> None:
    """Pages that the index has not given a place yet come last in its contents."""
    index = pages / "index.md"
    text = index.read_text("utf-8")
    rest = sorted(page.stem for page in pages.glob("*.md") if page != index and f"\n{page.stem}\n" not in text)
    if rest:
        index.write_text("\n".join([text, "```{toctree}", ":hidden:", ":caption: More", "", *rest, "```", ""]), "utf-8")


def accessible(page: str) -> str:
    """A page of the theme with what axe-core misses in it: names of regions, levels of headings, keys that scroll."""
    for old, new in _MENDED:
        page = page.replace(old, new)
    return page


def _moved(home: Path, link: re.Match[str]) -> str:
    """A link of a page of the repository as it is in the site."""
    target = link[1]
    path = (home / target).resolve()
    if path == ROOT / "CONTRIBUTING.md":
        return "contributing.md"
    if path == ROOT / "README.md":
        return "index.md"
    return path.relative_to(ROOT / "docs").as_posix() if path.is_relative_to(ROOT / "docs") else target


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
