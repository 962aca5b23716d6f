"""The engine's version, apart from the engine so that it is cheap to import."""

from __future__ import annotations

#: Changes whenever a change to code, weights or word lists can change a score or the form of an index file.
ENGINE_VERSION = "1.3"
