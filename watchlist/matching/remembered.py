"""What chains of words hold, told from process to process: each is read by one of them.

Reading words that are new is most of what screening costs, and every process meets those of the language anew.
"""

from __future__ import annotations

import pickle
from hashlib import blake2b
from io import BytesIO
from typing import Any, Final, Protocol

from watchlist.matching.index.compiled import CompiledIndex, ListedName
from watchlist.matching.search.chains import Chain

_DIGEST: Final = 16


class SharedMemory(Protocol):
    """Bytes by keys of 16 bytes; anything in it may be forgotten at any time."""

    def get(self, key: bytes) -> bytes | None:
        """What was put there, None for nothing."""

    def put(self, key: bytes, found: bytes) -> None:
        """Put bytes there, also none."""


class RememberedChains:
    """The chains of one language in memory that is shared by engines with the same index and settings."""

    def __init__(self, shared: SharedMemory, index: CompiledIndex, language: str) -> None:
        self._shared = shared
        self._index = index
        self._salt = language.encode()

    def get(self, words: str) -> Chain | tuple[()] | None:
        """What a chain holds; None where nobody has read it or it is forgotten."""
        found = self._shared.get(self._key(words))
        if not found:
            return None if found is None else ()
        chain: Chain = _Unpickler(found, self._index).load()
        return chain

    def put(self, words: str, chain: Chain | tuple[()]) -> None:
        """Tell others what a chain holds."""
        plain = b""
        if chain:
            with BytesIO() as stream:
                _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(chain)
                plain = stream.getvalue()
        self._shared.put(self._key(words), plain)

    def _key(self, words: str) -> bytes:
        return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=_DIGEST, key=self._salt).digest()


class _Pickler(pickle.Pickler):
    """Listed names go by their number: every process has them in its index."""

    def persistent_id(self, obj: Any) -> int | None:
        return obj.id if type(obj) is ListedName else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, plain: bytes, index: CompiledIndex) -> None:
        super().__init__(BytesIO(plain))
        self._index = index

    def persistent_load(self, pid: int) -> ListedName:
        return self._index.name(pid)
