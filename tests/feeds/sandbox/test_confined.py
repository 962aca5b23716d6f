"""What a process that reads strangers' documents can no longer do, where the system can take it away."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from watchlist.feeds.sandbox.sandbox import Sandbox, _Process

_CODE = """
import ctypes, json, os, socket, subprocess, sys
from watchlist.feeds.sandbox.confined import confine
done = confine()
def tried(what):
    try:
        what()
    except OSError as error:
        return type(error).__name__
    return "done"
import sqlite3, lxml.etree  # still to be loaded
print(json.dumps({
    "done": done,
    "read": tried(lambda: open(sys.argv[1]).read()),
    "list": tried(lambda: os.listdir(os.path.dirname(sys.argv[1]))),
    "write": tried(lambda: open(sys.argv[1], "w")),
    "new": tried(lambda: open(sys.argv[1] + ".new", "w")),
    "library": tried(lambda: open(os.__file__.replace("os.py", "new.py"), "w")),
    "socket": tried(lambda: socket.socket()),
    "datagram": tried(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
    "unix": tried(lambda: socket.socket(socket.AF_UNIX)),
    "program": tried(lambda: subprocess.run(["/bin/true"])),
    "status": tried(lambda: open("/proc/self/status").read()),
    "others": tried(lambda: open("/etc/passwd").read()),
}))
"""


def confined(path: Path) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-c", _CODE, str(path)], capture_output=True, text=True, check=True, timeout=120
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    secret = tmp_path_factory.mktemp("home") / "config.yaml"
    secret.write_text("password: geheim")
    return confined(secret)


def test_files_are_out_of_reach(found: dict[str, Any]) -> None:
    if "files" not in found["done"]:
        pytest.skip("this system has no Landlock")
    refused = ("read", "list", "write", "new", "library", "others")
    assert {name: found[name] for name in refused} == dict.fromkeys(refused, "PermissionError")
    # By which it knows how much memory it used.
    assert found["status"] == "done"


def test_the_network_and_other_programs_are_out_of_reach(found: dict[str, Any]) -> None:
    if "sockets" not in found["done"]:
        pytest.skip("this system has no seccomp, or another machine")
    refused = ("socket", "datagram", "unix", "program")
    assert {name: found[name] for name in refused} == dict.fromkeys(refused, "PermissionError")


def test_the_processes_that_read_are_confined_so(found: dict[str, Any]) -> None:
    if "sockets" not in found["done"]:
        pytest.skip("this system has no seccomp, or another machine")
    with Sandbox(1) as sandbox:
        assert sandbox.run("page", {}, b"<p>Rain in the north.</p>", 60) == ["", "Rain in the north."]
        (process,) = sandbox._running
        assert isinstance(process, _Process)
        status = Path(f"/proc/{process._popen.pid}/status").read_text()
        assert "NoNewPrivs:\t1" in status
        assert "Seccomp:\t2" in status


def test_the_language_of_a_text_is_still_found(found: dict[str, Any]) -> None:
    """What finds it wants a temporary file for its model."""
    with Sandbox(1) as sandbox:
        text = "Die Reederei hat am Montag ihre Fahrten eingestellt, wie aus dem Ministerium verlautete."
        assert sandbox.run("langs", {}, json.dumps([[None, "Fahrten eingestellt", text]]).encode(), 60) == ["de"]


def test_a_system_without_either_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from watchlist.feeds.sandbox import confined as module

    monkeypatch.setattr(module.sys, "platform", "darwin")
    assert module.confine() == ()
