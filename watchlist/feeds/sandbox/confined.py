"""Taking files and network away from this process for good, by Landlock and seccomp, where the system has them.

No library for it is kept that has wheels (tried in November 2026: the one of Landlock's is a pre-release, that of
seccomp rests since 2021), so the five calls of the kernel are made here. Whatever is not to be had is left out: the
process then is as it was, killable and with its memory bounded.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION, _PATH_BENEATH = 1, 1
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
#: Rights to files by the version of Landlock: those that there are, each a bit, and the two that reading takes.
_RIGHTS: Final = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
#: Connecting and listening by TCP, from this version on.
_NETWORK_FROM, _NETWORK = 4, 0b11
#: What the interpreter and its libraries read when they are loaded, and ask of the machine.
_NEEDED: Final = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo", "/etc/localtime"),
    *("/etc/ld.so.cache", "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu"),
)
#: By machine: how the kernel calls it, and the numbers of socket, socketpair, execve, execveat, ptrace.
_MACHINES: Final = {
    "x86_64": (0xC000003E, (41, 53, 59, 322, 101)),
    "aarch64": (0xC00000B7, (198, 199, 221, 281, 117)),
}
#: Numbers from here on are calls of another form of the same machine, and none of ours.
_OTHER_FORM = 0x40000000
_LOAD, _IS, _IS_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000


def confine() -> tuple[str, ...]:
    """Take away what can be taken away; says what that was, of ``files``, ``connections`` and ``sockets``.

    To be called before there are threads. What was imported works on, and what is in ``sys.path`` can be imported.
    """
    if sys.platform != "linux":
        return ()
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return ()
    done = [*_without_files(kernel, {*sys.path, sys.prefix, sys.base_prefix, *_NEEDED}), *_without_sockets(kernel)]
    return tuple(done)


def _without_files(kernel: ctypes.CDLL, readable: Iterable[str]) -> Sequence[str]:
    version = kernel.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)
    if version < 1:
        return ()
    rights = (1 << _RIGHTS[min(version, max(_RIGHTS))]) - 1
    network = _NETWORK if version >= _NETWORK_FROM else 0
    asked = struct.pack("=QQ", rights, network) if network else struct.pack("=Q", rights)
    rules = kernel.syscall(_CREATE_RULESET, asked, ctypes.c_size_t(len(asked)), 0)
    if rules < 0:
        return ()
    try:
        for path in readable:
            _allow(kernel, rules, path)
        if kernel.syscall(_RESTRICT_SELF, rules, 0) != 0:
            return ()
    finally:
        os.close(rules)
    return ("files", "connections") if network else ("files",)


def _allow(kernel: ctypes.CDLL, rules: int, path: str) -> None:
    """Let what is at a path be read; what is not there needs no leave."""
    with suppress(OSError):
        place = os.open(path or ".", os.O_PATH | os.O_CLOEXEC)
        try:
            rights = _READ_FILE | _READ_FOLDER if os.path.isdir(path) else _READ_FILE  # noqa: PTH112  (one question)
            kernel.syscall(_ADD_RULE, rules, _PATH_BENEATH, struct.pack("=Qi", rights, place), 0)
        finally:
            os.close(place)


def _without_sockets(kernel: ctypes.CDLL) -> Sequence[str]:
    """Refuse new sockets and other programs; what the kernel is asked otherwise is let through."""
    machine = _MACHINES.get(platform.machine())
    if machine is None or sys.maxsize < 1 << 32:
        return ()
    name, refused = machine
    # Jumps count the steps to pass over: to the refusal, which is the last, or to the leave before it.
    checks = [_step(_LOAD, 4), _step(_IS, name, 1, 0), _step(_RETURN, _REFUSE | errno.EPERM), _step(_LOAD, 0)]
    checks.append(_step(_IS_AT_LEAST, _OTHER_FORM, len(refused) + 1, 0))
    checks += [_step(_IS, number, len(refused) - n, 0) for n, number in enumerate(refused)]
    program = b"".join([*checks, _step(_RETURN, _ALLOW), _step(_RETURN, _REFUSE | errno.EPERM)])
    steps = ctypes.create_string_buffer(program, len(program))
    # The number of steps, and where they are, as the kernel's structure has them.
    told = struct.pack("@HP", len(program) // 8, ctypes.addressof(steps))
    return ("sockets",) if kernel.prctl(_SECCOMP, _FILTER, told, 0, 0) == 0 else ()


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_so, if_not, value)
