"""Ask an advisory service about the pinned dependencies, and say where it does not answer.

    python scripts/audit.py [--auditor PATH]

Exits with 1 where a pinned version has a known fault, and with 0 where none has or nobody could be asked: a service
that is away is no fault of a change. Every package that could not be asked about is counted.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
#: The services that the auditor knows, asked one after the other until one knows something.
SERVICES = ("pypi", "osv")
#: Seconds for a service to answer, and for all of it.
_ANSWER, _MOST = 15, 300


@dataclass(frozen=True, slots=True)
class Audit:
    """What a service said: the packages that it knows, those it does not, and the faults, a line each."""

    known: int
    unknown: int
    faults: tuple[str, ...]


def main() -> int:
    """Audit and report."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--auditor", default=str(Path(sys.executable).with_name("pip-audit")), help="the program")
    auditor = options.parse_args().auditor
    for service in SERVICES:
        found = asked(auditor, service)
        if found is None or not found.known:
            print(f"audit: the service {service!r} does not answer")
            continue
        print(f"audit: {found.known} packages asked about, {found.unknown} unknown to {service!r}")
        for fault in found.faults:
            print(f"audit: {fault}")
        return 1 if found.faults else 0
    print("audit: nobody could be asked: the dependencies were NOT audited")
    return 0


def asked(auditor: str, service: str) -> Audit | None:
    """What a service says of ``constraints.txt``; None where it cannot be asked."""
    command = [auditor, "--requirement", str(ROOT / "constraints.txt"), "--disable-pip", "--no-deps"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", str(_ANSWER)]
    command += ["--vulnerability-service", service]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=_MOST, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"audit: {error}")
        return None
    return read(ran.stdout)


def read(answer: str) -> Audit | None:
    """The auditor's JSON; None where it is none, as when the service is away."""
    try:
        packages: Sequence[dict[str, object]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None
    known = [each for each in packages if "vulns" in each]
    faults = []
    for each in known:
        for fault in each["vulns"] if isinstance(each["vulns"], list) else []:
            fixed = ", ".join(fault.get("fix_versions") or ()) or "nothing yet"
            faults.append(f"{each['name']} {each['version']}: {fault['id']}, mended by {fixed}")
    return Audit(len(known), len(packages) - len(known), tuple(faults))


if __name__ == "__main__":
    sys.exit(main())
