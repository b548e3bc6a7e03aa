"""What changed since a release."""

from __future__ import annotations

import argparse
import dataclasses
import json

from pipeline import report
from pipeline.changes import Advice, changed_leaflets
from pipeline.commands._shared import count, exit_status, the_library, width
from pipeline.history import library_at
from pipeline.model import PlainleafError


def run(arguments: argparse.Namespace) -> int:
    """The leaflets that are no longer what was printed."""
    library = the_library(arguments)
    errors: list[PlainleafError] = []
    with library_at(library, arguments.since) as before:
        found = list(changed_leaflets(before, library, errors))
    if arguments.recall:
        found = [leaflet for leaflet in found if leaflet.advice is Advice.RECALL]
    if arguments.format == "json":
        print(json.dumps([dataclasses.asdict(leaflet) for leaflet in found], indent=1, ensure_ascii=False))
    elif found:
        print(report.changed_leaflets(found, width()))
        recalls = sum(leaflet.advice is Advice.RECALL for leaflet in found)
        print(f"\n{count(recalls, 'leaflet')} to recall, {len(found) - recalls} to replace.")
    else:
        print(f"No leaflet {'to recall' if arguments.recall else 'has changed'} since {arguments.since}.")
    return exit_status((), errors)
