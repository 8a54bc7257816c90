"""Many references, each once, without keeping a list of them: every number up to 24 million gets another one."""

from collections.abc import Iterator

from resque.references import ALPHABET, LENGTH

POSSIBLE = len(ALPHABET) ** LENGTH
_HALF = len(ALPHABET) ** 2
# Factors without 2, 3 or 5 in them have an inverse among the possible numbers, so no two numbers meet.
_ROUNDS = ((7_368_787, 1_299_709), (15_485_863, 9_999_991), (11_000_329, 5_000_011))


def scattered(number: int, prefix: str) -> str:
    """Return the reference of a number below `POSSIBLE`; different numbers have different references."""
    for factor, shift in _ROUNDS:
        number = (number * factor + shift) % POSSIBLE
        high, low = divmod(number, _HALF)
        number = low * (POSSIBLE // _HALF) + high
    letters = []
    for _ in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return f"{prefix}-{''.join(letters)}"


def free_references(model, prefix: str) -> Iterator[str]:
    """Yield references that no row of a table bears yet, the same ones in every run."""
    taken = set(model.objects.values_list("reference", flat=True))
    return (reference for number in range(POSSIBLE) if (reference := scattered(number, prefix)) not in taken)
