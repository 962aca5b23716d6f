"""The program as somebody to whom modes of files apply, which they do not to root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

#: What lets root pass by the modes of files.
_OVERRIDES = "-dac_override,-dac_read_search"


def as_reader(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The program as a user to whom modes of files apply."""
    front: list[str] = []
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may write anything, and there is no setpriv to be somebody else")
        front = ["setpriv", "--bounding-set", _OVERRIDES]
    command = [*front, sys.executable, "-m", "watchlist", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
