"""What laying out one leaflet costs: processor milliseconds by format and language, and the memory of a worker.

    python benchmarks/layout.py [--formats html,epub,pdf] [--languages ar,en] [--repeat 2] [LIBRARY]

Renders every leaflet of a library in this process, one after the other, as a worker of a build does. Milliseconds are
those of the processor, of all threads; "pandoc" is the other process, which reads the article once and writes for
every format. The least of the repeats is told, language by language. Memory is the resident set, and of it what the
process has for itself (files that several map are not counted), at the end and at its height.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from text_layer import leaflets

from pipeline import front_matter, rendering
from pipeline.formats import Leaflet
from pipeline.formats.table import FORMATS
from pipeline.rendering import render

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def pandoc_seconds() -> float:
    """Processor seconds of this process's pandoc so far."""
    if not rendering._workers:
        return 0.0
    try:
        stat = Path(f"/proc/{rendering._workers[-1]._process.pid}/stat").read_text()
    except OSError:
        return 0.0
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def parts(leaflet: Leaflet, formats: Sequence[str]) -> dict[str, float]:
    """Processor seconds of this process, format by format, with those of reading."""
    found = {}
    body = leaflet.article.text[front_matter.parse(leaflet.article.text).body_start :]
    worker = rendering._worker(leaflet.settings.leaflet_megabytes)
    worker.begin(leaflet.settings.leaflet_seconds)
    start = time.process_time()
    document = worker.read(body)
    for name in ("read", *formats):
        if name != "read":
            FORMATS[name].render(leaflet, document)
        found[name] = time.process_time() - start
        start = time.process_time()
    return found


def memory(process: int) -> str:
    """Of a process: resident, of its own, and the most that was ever resident, in MB."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        lines += Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return "unknown here"
    size: dict[str, int] = defaultdict(int)
    for line in lines:
        name, _, value = line.partition(":")
        if value.endswith("kB"):
            size[name] += int(value.split()[0])
    own = size["Private_Clean"] + size["Private_Dirty"]
    return f"{size['Rss'] / 1000:.0f} MB, {own / 1000:.0f} of its own; at its height {size['VmHWM'] / 1000:.0f}"


def measure(made: Sequence[Leaflet], formats: Sequence[str]) -> dict[str, float]:
    """Milliseconds a leaflet by part."""
    sums: dict[str, float] = defaultdict(float)
    before = pandoc_seconds()
    for leaflet in made:
        with rendering.without_collector():
            found = parts(leaflet, formats)
        for name, seconds in found.items():
            sums[name] += seconds
    sums["pandoc"] = max(pandoc_seconds() - before, 0.0)
    return {name: seconds * 1000 / len(made) for name, seconds in sums.items()}


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", nargs="?", default=".", type=Path)
    parser.add_argument("--formats", default="html,epub,pdf", help="default: html,epub,pdf")
    parser.add_argument("--languages", default="", help="default: all")
    parser.add_argument("--repeat", type=int, default=2, help="default: 2")
    options = parser.parse_args()
    formats = options.formats.split(",")
    groups: dict[str, list[Leaflet]] = defaultdict(list)
    for leaflet in leaflets(options.library):
        if not options.languages or leaflet.language.code in options.languages.split(","):
            groups[leaflet.language.code].append(leaflet)
    first = next(iter(groups.values()))[0]
    render(first, formats)
    columns = ("read", *formats, "pandoc", "all")
    print(f"{'':8} {'leaflets':>8}" + "".join(f"{name:>8}" for name in columns))
    whole: dict[str, float] = defaultdict(float)
    for code, made in groups.items():
        runs = [measure(made, formats) for _ in range(options.repeat)]
        best = min(runs, key=lambda run: sum(run.values()))
        best["all"] = sum(best.values())
        print(f"{code:8} {len(made):8}" + "".join(f"{best[name]:8.1f}" for name in columns), flush=True)
        for name in columns:
            whole[name] += best[name] * len(made)
    count = sum(map(len, groups.values()))
    print(f"{'all':8} {count:8}" + "".join(f"{whole[name] / count:8.1f}" for name in columns))
    print(f"memory: this process {memory(os.getpid())}")
    print(f"        its pandoc   {memory(rendering._workers[-1]._process.pid)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
