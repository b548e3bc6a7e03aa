"""Findings and results for people and for programs: one file for each form, read when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.report.changes import render as changed_leaflets
    from pipeline.report.exchange import exports, json_returned, returned
    from pipeline.report.extraction import corrections, json_extractions
    from pipeline.report.github import render as findings_github
    from pipeline.report.gitlab import render as findings_gitlab
    from pipeline.report.json_build import render as build_json
    from pipeline.report.json_findings import render as findings_json
    from pipeline.report.progress import Progress
    from pipeline.report.readings import render as readings_text
    from pipeline.report.readings import render_json as readings_json
    from pipeline.report.sarif import render as findings_sarif
    from pipeline.report.tables import extractions, objections, outputs, reviews, standings
    from pipeline.report.text import render as findings_text
    from pipeline.report.text import summary
else:
    _WHERE = {
        "Progress": ("progress", "Progress"),
        "changed_leaflets": ("changes", "render"),
        "corrections": ("extraction", "corrections"),
        "exports": ("exchange", "exports"),
        "extractions": ("tables", "extractions"),
        "findings_github": ("github", "render"),
        "findings_gitlab": ("gitlab", "render"),
        "build_json": ("json_build", "render"),
        "json_extractions": ("extraction", "json_extractions"),
        "findings_json": ("json_findings", "render"),
        "json_returned": ("exchange", "json_returned"),
        "objections": ("tables", "objections"),
        "outputs": ("tables", "outputs"),
        "readings_text": ("readings", "render"),
        "readings_json": ("readings", "render_json"),
        "returned": ("exchange", "returned"),
        "reviews": ("tables", "reviews"),
        "findings_sarif": ("sarif", "render"),
        "standings": ("tables", "standings"),
        "summary": ("text", "summary"),
        "findings_text": ("text", "render"),
    }

    def __getattr__(name: str) -> Any:
        if name not in _WHERE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, attribute = _WHERE[name]
        return getattr(import_module(f"{__name__}.{module}"), attribute)


__all__ = [
    "Progress",
    "build_json",
    "changed_leaflets",
    "corrections",
    "exports",
    "extractions",
    "findings_github",
    "findings_gitlab",
    "findings_json",
    "findings_sarif",
    "findings_text",
    "json_extractions",
    "json_returned",
    "objections",
    "outputs",
    "readings_json",
    "readings_text",
    "returned",
    "reviews",
    "standings",
    "summary",
]
