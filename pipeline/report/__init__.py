"""Findings and results for people and for programs: one file for each form."""

from pipeline.report.github import render as github
from pipeline.report.json_findings import render as json_findings
from pipeline.report.progress import Progress
from pipeline.report.sarif import render as sarif
from pipeline.report.tables import extractions, outputs, standings
from pipeline.report.text import render as text
from pipeline.report.text import summary

__all__ = ["Progress", "extractions", "github", "json_findings", "outputs", "sarif", "standings", "summary", "text"]
