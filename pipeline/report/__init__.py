"""Findings and results for people and for programs: one file for each form."""

from pipeline.report.changes import render as changed_leaflets
from pipeline.report.exchange import exports, json_returned, returned
from pipeline.report.extraction import corrections, json_extractions
from pipeline.report.github import render as github
from pipeline.report.gitlab import render as gitlab
from pipeline.report.json_build import render as json_build
from pipeline.report.json_findings import render as json_findings
from pipeline.report.progress import Progress
from pipeline.report.readings import render as readings
from pipeline.report.readings import render_json as readings_json
from pipeline.report.sarif import render as sarif
from pipeline.report.tables import extractions, objections, outputs, reviews, standings
from pipeline.report.text import render as text
from pipeline.report.text import summary

__all__ = [
    "Progress",
    "changed_leaflets",
    "corrections",
    "exports",
    "extractions",
    "github",
    "gitlab",
    "json_build",
    "json_extractions",
    "json_findings",
    "json_returned",
    "objections",
    "outputs",
    "readings",
    "readings_json",
    "returned",
    "reviews",
    "sarif",
    "standings",
    "summary",
    "text",
]
