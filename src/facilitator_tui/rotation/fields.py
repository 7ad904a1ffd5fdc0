"""Finite fields of prime-power order, as addition and multiplication tables of whole numbers.

This module owns arithmetic in GF(q) for the constructions. It must not know about people or rooms.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product


@dataclass(frozen=True, slots=True)
class Field:
    """GF(order): elements are 0 ... order - 1, read as polynomials with digits to the base of the prime."""

    order: int
    plus: tuple[tuple[int, ...], ...]
    times: tuple[tuple[int, ...], ...]


def prime_power(number: int) -> tuple[int, int] | None:
    """(p, k) with p prime and p ** k == number, or None."""
    for prime in range(2, number + 1):
        if number % prime == 0:
            exponent, rest = 0, number
            while rest % prime == 0:
                rest //= prime
                exponent += 1
            return (prime, exponent) if rest == 1 else None
    return None


@lru_cache(maxsize=16)
def field(order: int) -> Field:
    """The field with so many elements. Raises ValueError where there is none."""
    power = prime_power(order)
    if power is None:
        raise ValueError(f"there is no field with {order} elements")
    prime, degree = power
    digits = [_digits(number, prime, degree) for number in range(order)]
    plus = tuple(
        tuple(_number([(a + b) % prime for a, b in zip(one, other, strict=True)], prime) for other in digits)
        for one in digits
    )
    for tail in product(range(prime), repeat=degree):
        times = tuple(tuple(_number(_multiply(one, other, tail, prime), prime) for other in digits) for one in digits)
        if all(sorted(row) == list(range(order)) for row in times[1:]):
            return Field(order, plus, times)
    raise AssertionError("every prime power has an irreducible polynomial")


def _digits(number: int, prime: int, degree: int) -> list[int]:
    return [number // prime**place % prime for place in range(degree)]


def _number(digits: list[int], prime: int) -> int:
    return sum(digit * prime**place for place, digit in enumerate(digits))


def _multiply(one: list[int], other: list[int], tail: tuple[int, ...], prime: int) -> list[int]:
    """The product modulo the monic polynomial whose lower coefficients are the negatives of `tail`."""
    degree = len(one)
    result = [0] * (2 * degree - 1)
    for place, digit in enumerate(one):
        for step, factor in enumerate(other):
            result[place + step] = (result[place + step] + digit * factor) % prime
    for place in range(2 * degree - 2, degree - 1, -1):
        carry, result[place] = result[place], 0
        for step, factor in enumerate(tail):
            result[place - degree + step] = (result[place - degree + step] + carry * factor) % prime
    return result[:degree]
