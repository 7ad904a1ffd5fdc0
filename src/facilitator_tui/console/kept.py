"""One result that is kept while what it was made of has not changed.

Owns the comparison: by identity, since runs and what is in them are never changed in place, and by equality for
what is small. It must not know what is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Call it with what the result is made of and with how to make it; it is made when one of those is another."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] | None = None
        self._said: tuple[object, ...] = ()
        self._result: list[T] = []

    def get(self, make: Callable[[], T], *of: object, equal: tuple[object, ...] = ()) -> T:
        """The result of `make`. `of` is compared by identity, `equal` by value."""
        same = self._of is not None and len(of) == len(self._of) and all(map(is_, of, self._of))
        if not same or equal != self._said:
            self._of, self._said, self._result = of, equal, [make()]
        return self._result[0]
