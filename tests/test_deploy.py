"""The files in ``deploy/`` are in step with the program."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from watchlist.cli import COMMANDS, app

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])


def command_lines() -> list[list[str]]:
    """What follows the program's name in each line of units and of the crontab that calls it."""
    found = []
    for path in (*UNITS, DEPLOY / "crontab"):
        for line in path.read_text().splitlines():
            if line.startswith("#"):
                continue
            for call in re.findall(r"/bin/watchlist ([^|>]+)", line):
                found.append(shlex.split(call))
    return found


def test_every_command_line_is_one_that_the_program_takes() -> None:
    root: Any = typer.main.get_command(app)
    assert len(command_lines()) >= 5
    for words in command_lines():
        assert words[:2] == ["--config", "/srv/watchlist/config.yaml"]
        assert words[2] in COMMANDS
        command = root.load(words[2])
        rest = words[3:]
        if hasattr(command, "commands"):
            command, rest = command.commands[rest[0]], rest[1:]
        known = {option for each in command.params for option in each.opts}
        assert {word for word in rest if word.startswith("--")} <= known


@pytest.mark.parametrize("name", ["compose.yaml", "compose.postgres.yaml"])
def test_containers_run_without_rights_and_without_writing_but_where_data_is(name: str) -> None:
    service = yaml.safe_load((DEPLOY / name).read_text())["services"]["watchlist"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["volumes"] == ["data:/data"]
    assert (DEPLOY.parent / service["build"]["dockerfile"]).is_file()


def test_the_image_runs_as_a_user_and_is_asked_for_its_health() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    assert re.search(r"^USER watchlist$", text, re.MULTILINE)
    assert "watchlist status --quiet" in text


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_the_units(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    # Users and programs of the examples are not on this machine.
    shutil.copytree(DEPLOY, tmp_path / "deploy")
    for each in (tmp_path / "deploy").glob("*.service"):
        text = (
            each.read_text().replace("/srv/watchlist/.venv/bin/watchlist", "/bin/true").replace("User=watchlist\n", "")
        )
        each.write_text(text)
    verified = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / "deploy" / unit.name], capture_output=True, text=True, check=False
    )
    assert "Unknown" not in verified.stderr
    assert verified.returncode == 0, verified.stderr


def test_what_one_service_may_not_do_none_may() -> None:
    kept = {}
    for path in DEPLOY.glob("*.service"):
        _, _, text = path.read_text(encoding="utf-8").partition("\nUMask=")
        kept[path.name] = set(text.partition("\n[Install]")[0].split())
    assert len(kept) == 3
    assert all(each == kept["watchlist.service"] for each in kept.values()), kept
    assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="} <= kept["watchlist.service"]


def test_no_file_holds_a_password() -> None:
    """What is secret comes from a file or the environment of who starts it."""
    for path in sorted(DEPLOY.iterdir()):
        for line in path.read_text(encoding="utf-8").splitlines():
            if found := re.search(r"(?i)(?<![{\w])\w*(?:password|secret|token)\w*\s*[:=]\s*(\S+)", line):
                assert found[1].startswith(("${", "/run/", "%d/")), f"{path.name}: {line}"
