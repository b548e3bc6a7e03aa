"""How a build grows: with the articles of a library, and with the workers of a cluster.

    python benchmarks/scale.py [growth] [cluster] [--sizes 100,300,1000] [--workers 1,2,4] [--folder DIR]

growth   cold builds of libraries of several sizes: seconds an article, and memory. Try --sizes 100,1000,10000 where
         there is time.
cluster  the same cold build on this machine alone and on clusters of some workers, all on this machine; a model that
         is fitted to the figures; and what it says of a library of 10,000 articles in 50 languages.

The processors' seconds are the figures to trust: the wall's depend on what else the machine does. The model:

    seconds = start + leaflets x (here + there / workers)

here: what this machine does for one leaflet in turn: read, check, send, write. there: what a worker does for it. Both
overlap in truth, so that no build takes less than start + leaflets x the larger of here and there / workers.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from building.bench import MB, Bench, Row, clean, print_rows
from building.cluster import Cluster
from building.measuring import load

LARGE = (10_000, 50)
"""Articles and languages."""
WIRE = 1e9 / 8
"""Bytes in a second on a network of one gigabit."""


def growth(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """Cold builds of several sizes."""
    for size in sizes:
        root = bench.library(size)
        clean(root)
        made = bench.build(root)
        leaflets = _leaflets(root)
        second = bench.build(root)
        yield Row(
            f"{size} articles, {leaflets} leaflets",
            f"{made.wall / size * 1000:.0f} ms an article",
            note=f"{made.wall:.0f} s in all, {made.processor / leaflets * 1000:.0f} ms of a core a leaflet; "
            f"a worker at most {made.worker_peak / MB:.0f} MB, {made.growth * 100:+.0f} % from the second quarter "
            f"of its time to the last; the build itself {made.main_peak / MB:.0f} MB; "
            f"once more with nothing changed {second.wall:.2f} s",
        )


def cluster(bench: Bench, workers: list[int]) -> Iterator[Row]:
    """The same build on clusters of several sizes, and what follows."""
    root = bench.library(bench.articles)
    clean(root)
    alone = bench.build(root, "--jobs", "1")
    leaflets = _leaflets(root)
    yield Row(
        f"this machine, --jobs 1, {leaflets} leaflets", f"{alone.wall:.1f} s, {alone.processor:.1f} s of processors"
    )
    runs = [_on_cluster(bench, root, count) for count in workers]
    for run in runs:
        yield Row(
            f"cluster, {run.workers} worker{'s' if run.workers > 1 else ''}",
            f"{run.wall:.1f} s",
            note=f"processor seconds: {run.here:.1f} of the build, {run.scheduler:.1f} of the scheduler, "
            f"{run.there:.1f} of the workers",
        )
    small = _on_cluster(bench, bench.library(max(1, bench.articles // 4)), workers[0])
    yield Row(f"cluster, {small.workers} worker, {small.leaflets} leaflets", f"{small.wall:.1f} s")
    yield from _model(small, runs)


@dataclass(frozen=True)
class OnCluster:
    """One cold build on a cluster."""

    workers: int
    leaflets: int
    size: int
    """Bytes of all leaflets together."""
    wall: float
    """Seconds."""
    here: float
    """Processor seconds of the build itself; of the scheduler and of all workers together follow."""
    scheduler: float
    there: float


def _on_cluster(bench: Bench, root: Path, workers: int) -> OnCluster:
    clean(root)
    with Cluster(workers) as dask:
        made = bench.build(root, "--cluster", dask.address)
    size = sum(path.stat().st_size for path in (root / "dist").glob("*/*/*.*"))
    here, scheduler, there = made.main_seconds, dask.scheduler_seconds, dask.worker_seconds
    return OnCluster(workers, _leaflets(root), size, made.wall, here, scheduler, there)


def _model(small: OnCluster, runs: list[OnCluster]) -> Iterator[Row]:
    """Fit the model to processor seconds, and tell what it says of each run and of a large library."""
    first = runs[0]
    more = first.leaflets - small.leaflets
    here, there = (first.here - small.here) / more, (first.there - small.there) / more
    start = max(0.0, small.here - here * small.leaflets)
    scheduler = (first.scheduler - small.scheduler) / more
    out = first.size / first.leaflets
    yield Row(
        "model",
        f"start {start:.1f} s, here {here * 1000:.0f} ms, there {there * 1000:.0f} ms a leaflet",
        note=f"{scheduler * 1000:.1f} ms of the scheduler; {out / 1000:.0f} kB come back for a leaflet",
    )
    for run in runs:
        quick, slow = _seconds(run.leaflets, start, here, there, run.workers)
        yield Row(f"{run.workers} workers", f"measured {run.wall:.1f} s, model {quick:.1f} to {slow:.1f} s")
    total = LARGE[0] * (LARGE[1] + 1)
    yield Row(
        f"{LARGE[0]:,} articles in {LARGE[1]} languages and English",
        f"{total:,} leaflets, {total * there / 3600:.0f} hours of one core on workers, "
        f"{total * (here + scheduler) / 3600:.0f} here and on the scheduler",
        note=f"{total * out / 1e9:.0f} GB come back: {total * out / WIRE / 3600:.1f} hours on a gigabit",
    )
    for count in (2, 8, 32, 128):
        quick, slow = _seconds(total, start, here, there, count)
        yield Row(f"{count} workers", f"{quick / 3600:.1f} to {slow / 3600:.1f} hours")


def _seconds(leaflets: int, start: float, here: float, there: float, workers: int) -> tuple[float, float]:
    """The least and the most that the model says."""
    return start + leaflets * max(here, there / workers), start + leaflets * (here + there / workers)


def _leaflets(root: Path) -> int:
    return len(list((root / "dist").glob("*/*/*.pdf")))


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", metavar="TABLE", nargs="*", choices=[[], "growth", "cluster"], help="growth, cluster")
    parser.add_argument("--sizes", metavar="N,N", type=_numbers, default=[100, 300, 1000], help="articles, for growth")
    parser.add_argument("--workers", metavar="N,N", type=_numbers, default=[1, 2, 4], help="for cluster")
    parser.add_argument("--articles", metavar="N", type=int, default=100, help="for cluster (default: 100)")
    parser.add_argument("--languages", metavar="L", type=int, default=2, help="beside English (default: 2)")
    parser.add_argument("--folder", metavar="DIR", type=Path, help="keep the libraries here (default: a temporary one)")
    parser.add_argument("--seed", metavar="S", type=int, default=7)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder, arguments.articles, 0, arguments.languages, arguments.seed, 0, 1, 0, False, None)
        for name in arguments.rows or ["growth", "cluster"]:
            print(f"{name}, {arguments.languages} languages beside English ({load()})", flush=True)
            print_rows(growth(bench, arguments.sizes) if name == "growth" else cluster(bench, arguments.workers))
            print()


if __name__ == "__main__":
    main()
