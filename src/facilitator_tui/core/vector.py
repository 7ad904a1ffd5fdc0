"""A sequence that is never changed in place, and to which adding costs the same however long it is.

Owns the trick that keeps the fold incremental: full chunks are shared between versions, only the last one is
copied. A tuple would be copied whole at every event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")
CHUNK = 64


class Vector(Sequence[T], Generic[T]):
    """An immutable sequence with cheap `appended`, `replaced` and `popped`."""

    __slots__ = ("_chunks", "_tail")

    def __init__(self, items: Iterable[T] = ()) -> None:
        everything = tuple(items)
        whole = len(everything) // CHUNK * CHUNK
        self._chunks = tuple(everything[at : at + CHUNK] for at in range(0, whole, CHUNK))
        self._tail = everything[whole:]

    @classmethod
    def _of(cls, chunks: tuple[tuple[T, ...], ...], tail: tuple[T, ...]) -> Vector[T]:
        made = cls.__new__(cls)
        made._chunks, made._tail = chunks, tail
        return made

    def appended(self, item: T) -> Vector[T]:
        tail = (*self._tail, item)
        if len(tail) == CHUNK:
            return self._of((*self._chunks, tail), ())
        return self._of(self._chunks, tail)

    def replaced(self, index: int, item: T) -> Vector[T]:
        """A version with another item at a position from 0. IndexError outside."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        number, place = divmod(index, CHUNK)
        if number == len(self._chunks):
            return self._of(self._chunks, (*self._tail[:place], item, *self._tail[place + 1 :]))
        old = self._chunks[number]
        new = (*old[:place], item, *old[place + 1 :])
        return self._of((*self._chunks[:number], new, *self._chunks[number + 1 :]), self._tail)

    def popped(self) -> Vector[T]:
        """A version without the last item. IndexError when there is none."""
        if self._tail:
            return self._of(self._chunks, self._tail[:-1])
        if not self._chunks:
            raise IndexError("nothing to pop")
        return self._of(self._chunks[:-1], self._chunks[-1][:-1])

    def __len__(self) -> int:
        return len(self._chunks) * CHUNK + len(self._tail)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        position = index + len(self) if index < 0 else index
        if not 0 <= position < len(self):
            raise IndexError(index)
        number, place = divmod(position, CHUNK)
        return self._tail[place] if number == len(self._chunks) else self._chunks[number][place]

    def __iter__(self) -> Iterator[T]:
        for chunk in self._chunks:
            yield from chunk
        yield from self._tail

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vector) and self._chunks == other._chunks and self._tail == other._tail

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Vector({list(self)!r})"
