"""The rows of benchmarks/build.py: each measures one thing."""

from __future__ import annotations

import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from building.bench import MB, Bench, Row, clean
from building.copies import Copy
from building.measuring import PLAINLEAF, best, run
from pipeline.stamps import stamp_of

LOOP = Path(__file__).with_name("loop.py")


def cold(bench: Bench) -> Iterator[Row]:
    """A cold build, beside a loop of pypandoc calls with Typst, and with XeLaTeX."""
    root = bench.library(bench.articles)
    sample, count = _sample(bench, root)
    clean(root)
    made = bench.build(root)
    leaflets = len(list((root / "dist").glob("*/*/*.pdf")))
    yield Row(
        f"cold build, {bench.articles} articles x {bench.languages} languages",
        f"{made.wall:.1f} s, {made.processor:.1f} s of processors",
        note=f"{leaflets} leaflets as HTML, EPUB and PDF, checks included: "
        f"{made.processor / leaflets * 1000:.0f} ms of one core a leaflet (goal 25)",
    )
    out = bench.folder / "loop"
    loop = run([sys.executable, LOOP, "typst", sample, out])
    scale = leaflets / count
    how = "measured whole" if count == leaflets else f"measured on {count} leaflets, times {scale:.1f}"
    yield Row(
        "a loop of pypandoc and Typst",
        f"{loop.wall * scale:.1f} s, {loop.processor * scale:.1f} s of processors",
        note=how + "; one process, nothing checked",
    )
    ratio, cores = loop.wall * scale / made.wall, loop.processor * scale / made.processor
    yield Row("ratio", f"{ratio:.1f} on the wall clock, {cores:.1f} in processor seconds", "at least 6")
    yield Row("memory of a worker", f"{made.worker_peak / MB:.0f} MB", "at most 300 MB", "its Python and its pandoc")
    yield Row("memory of the build itself", f"{made.main_peak / MB:.0f} MB")
    yield from _latex(bench, root, sample)


def _latex(bench: Bench, root: Path, sample: Path) -> Iterator[Row]:
    if not shutil.which("xelatex"):
        yield Row("pandoc and XeLaTeX, PDF alone", "not measured: xelatex is not installed")
        return
    one = _part(sample, bench.folder / "sample-latex", 1)
    latex = run([sys.executable, LOOP, "xelatex", one, bench.folder / "loop"])
    files = len(list(one.glob("*/*/*.md")))
    clean(root)
    pdf = bench.build(root, "--to", "pdf")
    leaflets = len(list((root / "dist").glob("*/*/*.pdf")))
    ours, theirs = pdf.wall / leaflets, latex.wall / files
    ours_cpu, theirs_cpu = pdf.processor / leaflets, latex.processor / files
    yield Row(
        "pandoc and XeLaTeX, PDF alone",
        f"{theirs * 1000:.0f} ms a PDF against {ours * 1000:.0f} ms (build --to pdf, checks included)",
        note=f"measured on {files} leaflets without their pictures",
    )
    yield Row("ratio", f"{theirs / ours:.0f}, {theirs_cpu / ours_cpu:.0f} in processor seconds", "at least 50")


def again(bench: Bench) -> Iterator[Row]:
    """A second build with nothing changed."""
    root = bench.built(bench.large)
    bench.build(root)
    made = best([PLAINLEAF, "--library", root, "build"], bench.repeat)
    files = sum(1 for path in (root / "dist").rglob("*") if path.is_file())
    yield Row(
        f"nothing changed, {bench.large} articles x {bench.languages} languages x 3 formats",
        f"{made.wall:.2f} s",
        "at most 1 s",
        f"start-up included, {files} files in dist/; the best of {bench.repeat}",
    )


def segment(bench: Bench) -> Iterator[Row]:
    """One translation changed."""
    root = bench.built(bench.large)
    least, changed = float("inf"), Counter[str]()
    for _ in _saved(root, "es", "4321", bench.repeat):
        time.sleep(0.2)
        before = _stamps(root)
        made = bench.build(root)
        least = min(least, made.wall)
        changed = _changed(before, _stamps(root))
    yield Row(
        f"one segment changed in one language, {bench.large} articles",
        f"{least:.2f} s",
        "at most 0.5 s, one leaflet",
        f"made again: {_told(changed)}; the best of {bench.repeat}",
    )


def watch(bench: Bench) -> Iterator[Row]:
    """One translation saved while a build goes on, in several languages."""
    root = bench.built(bench.large)
    took: dict[str, list[float]] = {}
    command = [PLAINLEAF, "--library", str(root), "build", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        _wait_for(process.stdout, "Ctrl-C")
        for language in sorted(path.name for path in (root / "translations").iterdir()):
            for catalogue in _saved(root, language, "5432", bench.repeat):
                started = time.monotonic()
                leaflet = root / "dist" / language / catalogue.relative_to(catalogue.parents[1]).with_suffix("")
                before = [stamp_of(leaflet.with_suffix(f".{form}")) for form in ("html", "epub", "pdf")]
                while any(
                    stamp_of(leaflet.with_suffix(f".{form}")) == stamp
                    for form, stamp in zip(("html", "epub", "pdf"), before, strict=True)
                ):
                    time.sleep(0.002)
                took.setdefault(language, []).append(time.monotonic() - started)
                _wait_for(process.stdout, "library:")
        process.send_signal(signal.SIGINT)
    every = [seconds for listed in took.values() for seconds in listed]
    slowest = max(took, key=lambda language: statistics.median(took[language]))
    yield Row(
        f"one segment saved beside build --watch, {bench.large} articles",
        f"{statistics.median(every):.2f} s",
        "at most 0.5 s, one leaflet",
        f"from the save to its three files, the middle of {len(every)}; of {slowest} "
        f"{statistics.median(took[slowest]):.2f} s, the longest {max(every):.2f} s",
    )


def _wait_for(lines: Iterable[str], text: str) -> None:
    if not any(text in line for line in lines):
        raise SystemExit(f"plainleaf build --watch ended before it said {text!r}")


def _saved(root: Path, language: str, figure: str, times: int) -> Iterator[Path]:
    """Change one translation of so many catalogues, and tell which, one by one."""
    catalogues = sorted((root / "translations" / language).glob("*/*.po"))
    for catalogue in catalogues[:: max(1, len(catalogues) // times)][:times]:
        text = catalogue.read_text(encoding="utf-8")
        # A figure of the made-up text: neither a heading that all articles share, nor a word that no dictionary knows.
        line = next(m for m in re.finditer(r'(?m)^msgstr ".*\d.*"$', text) if m.start() > len(text) // 3)
        new = text[: line.start()] + re.sub(r"\d+", figure, line[0], count=1) + text[line.end() :]
        catalogue.write_text(new, encoding="utf-8")
        yield catalogue


def template(bench: Bench) -> Iterator[Row]:
    """A template changed, and a font."""
    root = bench.library(bench.articles)
    with Copy(bench.folder / "copy") as copy:
        bench.build(root, env=copy.environment)
        for name, path, change in (
            ("the template of the page changed", "formats/templates/html.j2", "{# #}"),
            ("the template of the PDF changed", "formats/leaflet.typ", "\n// A comment.\n"),
            ("the fonts of one language changed (hi)", "languages/hi.toml", 'fonts = ["Noto Sans", '),
            ("a check changed", "checks/shouting.py", "\n# A comment.\n"),
        ):
            before = _stamps(root)
            if path.endswith(".toml"):
                copy.replace(path, "fonts = [", change)
            else:
                copy.append(path, change)
            made = bench.build(root, env=copy.environment)
            changed = _changed(before, _stamps(root))
            yield Row(f"{name}, {bench.articles} articles", f"{made.wall:.1f} s", note=f"made again: {_told(changed)}")


def start(bench: Bench) -> Iterator[Row]:
    """What the shortest commands take."""
    help_text = best([PLAINLEAF, "--help"], bench.repeat * 2)
    yield Row("plainleaf --help", f"{help_text.wall:.2f} s", "at most 0.15 s", f"the best of {bench.repeat * 2}")
    article = min((bench.library(bench.articles) / "source").glob("*/*.md"))
    check = best([PLAINLEAF, "check", article], bench.repeat * 2, bench.folder)
    yield Row("plainleaf check one-file.md", f"{check.wall:.2f} s", "at most 0.5 s", f"the best of {bench.repeat * 2}")


def stop(bench: Bench) -> Iterator[Row]:
    """Ctrl-C in the midst of a cold build."""
    root = bench.library(bench.articles)
    for jobs in ("1", str(bench.jobs or 2)):
        seconds = []
        for _ in range(bench.repeat):
            clean(root)
            command = [PLAINLEAF, "--library", str(root), "build", "--jobs", jobs]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            assert process.stderr
            for number, _ in enumerate(process.stderr):
                if number == 10:
                    break
            process.send_signal(signal.SIGINT)
            began = time.perf_counter()
            process.communicate()
            seconds.append(time.perf_counter() - began)
        yield Row(f"Ctrl-C, --jobs {jobs}", f"{max(seconds):.2f} s", "at most 1 s", f"the worst of {bench.repeat}")
    clean(root)


def words(bench: Bench) -> Iterator[Row]:
    """Every check on a million words of English."""
    found = 0
    folder = bench.folder / "million"
    source = bench.library(bench.large) / "source"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(
        source, folder / "source", dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.md", "library.toml")
    )
    (folder / "source" / "library.toml").write_text('name = "A million words"\n')
    paths = sorted(source.glob("*/*.md"))
    while found < MB:
        for path in paths:
            # Each more than once where the library is small, as an article of its own.
            text = path.read_text(encoding="utf-8")
            target = folder / "source" / path.parent.name / f"{path.stem}-{found:07}.md"
            target.parent.mkdir(exist_ok=True)
            target.write_text(text.replace(f"id: {path.parent.name}/{path.stem}", ""), encoding="utf-8")
            found += len(text.partition("\n---\n")[2].split())
            if found >= MB:
                break
    made = run([PLAINLEAF, "--library", folder, "check"])
    yield Row(
        "check of a million words of English",
        f"{made.wall:.1f} s, {made.processor:.1f} s of processors",
        "at most 10 s",
        made.output.strip().rpartition("\n")[2],
    )


def _sample(bench: Bench, root: Path) -> tuple[Path, int]:
    """A folder of translated Markdown for the loop, and how many leaflets it holds."""
    articles = sorted((root / "source").glob("*/*.md"))
    # Evenly, so that tables and pictures are as often in it as in all.
    step = 1 if bench.is_whole else max(1, len(articles) // bench.sample)
    chosen = articles[::step][: len(articles) if bench.is_whole else bench.sample]
    folder = bench.folder / "sample"
    shutil.rmtree(folder, ignore_errors=True)
    clean(root)
    bench.build(root, "--to", "md", *map(str, chosen))
    for path in (root / "dist").glob("*/*/*.md"):
        target = folder / path.relative_to(root / "dist")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    shutil.copytree(root / "source" / "images", folder / "images")
    return folder, len(list(folder.glob("*/*/*.md")))


def _part(sample: Path, folder: Path, articles: int) -> Path:
    """The first articles of a sample in every language."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(sample / "images", folder / "images")
    for language in sorted(path for path in sample.iterdir() if path.name != "images"):
        for path in sorted(language.glob("*/*.md"))[:articles]:
            target = folder / path.relative_to(sample)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    return folder


def _stamps(root: Path) -> dict[str, int]:
    return {p.relative_to(root / "dist").as_posix(): p.stat().st_ino for p in (root / "dist").rglob("*") if p.is_file()}


def _changed(before: dict[str, int], after: dict[str, int]) -> Counter[str]:
    """How many files of each kind were written again: each gets a new inode then."""
    return Counter(_kind(path) for path, stamp in after.items() if before.get(path) != stamp)


def _kind(path: str) -> str:
    if path.count("/") < 2:
        return "library's own" if path != "manifest.json" else "manifest"
    language, _, _ = path.partition("/")
    return f"{path.rpartition('.')[2]} ({language})"


def _told(changed: Counter[str]) -> str:
    """Counts by kind of file, languages together where there are many."""
    if len(changed) > 8:
        together: Counter[str] = Counter()
        for kind, count in changed.items():
            together[kind.partition(" (")[0]] += count
        changed = together
    return ", ".join(f"{count} {kind}" for kind, count in sorted(changed.items())) or "nothing"
