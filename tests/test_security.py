"""The threat model names tests that exist; the audit reads what its service says."""

from __future__ import annotations

import ast
import json
import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODEL = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
#: Who may be hostile, by the issue's words; each has a section.
HOSTILE = ("feed", "article", "list", "mirror", "recipient", "local user", "page")


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", MODEL)
    assert len(named) > 25
    lost = []
    for path, name in named:
        source = ROOT / path
        there = source.is_file() and any(
            isinstance(node, ast.FunctionDef) and node.name == name
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        )
        if not there:
            lost.append(f"{path}::{name}")
    assert lost == []


def test_every_row_names_one() -> None:
    rows = [line for line in MODEL.splitlines() if line.startswith("| ") and not re.match(r"\| (It|They) may", line)]
    assert rows
    assert [row for row in rows if "tests/" not in row] == []


@pytest.mark.parametrize("who", HOSTILE)
def test_everybody_has_a_section(who: str) -> None:
    assert any(who in line for line in MODEL.splitlines() if line.startswith("## "))


def audit() -> Any:
    spec = spec_from_file_location("audit", ROOT / "scripts" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    import sys

    sys.modules["audit"] = module
    spec.loader.exec_module(module)
    return module


def test_the_audit_counts_who_is_unknown_and_names_the_faults() -> None:
    answer = {
        "dependencies": [
            {"name": "alembic", "skip_reason": "not found"},
            {"name": "lxml", "version": "1.0", "vulns": []},
            {"name": "jinja2", "version": "2.0", "vulns": [{"id": "X-1", "fix_versions": ["2.1"]}, {"id": "X-2"}]},
        ]
    }
    found = audit().read(json.dumps(answer))
    assert (found.known, found.unknown) == (2, 1)
    assert found.faults == ("jinja2 2.0: X-1, mended by 2.1", "jinja2 2.0: X-2, mended by nothing yet")


@pytest.mark.parametrize("answer", ["", "no answer", "{}", "[]", "null"])
def test_a_service_that_is_away_is_no_answer(answer: str) -> None:
    assert audit().read(answer) is None


def test_an_auditor_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit().asked("/no/such/program", "osv") is None
    assert "audit:" in capsys.readouterr().out
