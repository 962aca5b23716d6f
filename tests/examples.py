"""How many examples a test takes whose examples are dearer, or more alike, than those of others."""

from __future__ import annotations

from hypothesis import settings


def examples(count: int) -> int:
    """So many in the plain suite; as many as all others take where more is looked for."""
    return max(count, settings().max_examples)


def few(most: int) -> int:
    """Half as many as others take, and never more than the ``most`` that there is time for: each is dear."""
    return min(settings().max_examples // 2, most)
