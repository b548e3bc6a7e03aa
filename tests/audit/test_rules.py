"""Every built-in rule on HTML finds what its docstring says, and nothing else."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet

from pipeline.audit.auditors.builtin import audit_html
from pipeline.audit.registry import Rule, all_rules

PAGE = """<!doctype html><html lang="en"><head><title>Sore throat</title></head>
<body><main><h1>Sore throat</h1>{}</main></body></html>"""


def examples(kind: str) -> list[ParameterSet]:
    return [
        pytest.param(rule, text, id=f"{rule.name}-{number}")
        for rule in all_rules()
        for number, text in enumerate(rule.examples(kind), 1)
    ]


def found(text: str) -> set[str]:
    page = text if text.startswith("<!doctype") else PAGE.format(text)
    return {rule.name for rule, _ in audit_html(page.encode(), "page.html")[0]}


@pytest.mark.parametrize(("rule", "text"), examples("Bad"))
def test_bad_examples_are_found(rule: Rule, text: str) -> None:
    assert rule.name in found(text)


@pytest.mark.parametrize(("rule", "text"), examples("Good"))
def test_good_examples_are_not(rule: Rule, text: str) -> None:
    assert rule.name not in found(text)


def test_every_rule_says_what_it_is_for() -> None:
    for rule in all_rules():
        assert rule.summary.endswith("."), rule.name
        assert rule.why.endswith("."), rule.name
        assert rule.standards.listed(rule.kinds[0]), rule.name
        if "html" in rule.kinds:
            assert rule.examples("Bad"), rule.name
