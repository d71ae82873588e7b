"""Rank pairs of notebooks by the pieces that they share and hardly another notebook has."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

FEW, MOST = 4, 20  # students who may share a piece that is still of note
LEAST_PIECES, LEAST_SHARE = 12, 0.25


@dataclass(frozen=True)
class Pair:
    """Two notebooks that share what is rare."""

    first: str
    second: str
    pieces: frozenset[int]  # the rare pieces that both have
    share: float  # of the rare pieces in the notebook that has fewer, from 0 to 1
    weight: float  # how much that says: rarer pieces count for more


def most_owners(students: int) -> int:
    """Return how many students may have a piece that does not count as forced by the question."""
    return min(max(FEW, students // 10), MOST, max(2, students - 1))


def similar_pairs(marks: dict[str, np.ndarray]) -> list[Pair]:
    """Return the pairs that share much of what is rare, the most telling first.

    `marks` are those of each student's pieces, each once. A piece that more than a tenth of the
    class has (more than four students, or all of a smaller class; more than twenty of a large one)
    is what the question asks for, and counts for nothing. Another one that k of n students have
    counts log(n / k). A pair has at least twelve such pieces in common, which are at least a
    quarter of the rare pieces of one of the two. Only students who share a piece are compared, so
    the time grows with the class and not with its square.
    """
    students, none = list(marks), np.empty(0, dtype=np.uint64)
    values = np.concatenate([none, *marks.values()])
    owners = np.repeat(np.arange(len(students)), [len(own) for own in marks.values()])
    order = np.lexsort((owners, values))
    values, owners = values[order], owners[order]
    starts = np.flatnonzero(np.diff(values, prepend=values[:1] + np.uint64(1)))
    counts = np.diff(starts, append=len(values))
    is_rare = counts <= most_owners(len(students))
    own = np.bincount(owners[np.repeat(is_rare, counts)], minlength=len(students))
    shared = defaultdict(list)
    for start, count in zip(starts[is_rare].tolist(), counts[is_rare].tolist(), strict=True):
        for two in combinations(owners[start : start + count].tolist(), 2):
            shared[two].append((int(values[start]), math.log(len(students) / count)))
    pairs = []
    for (first, second), found in shared.items():
        share = len(found) / int(min(own[first], own[second]))
        if len(found) >= LEAST_PIECES and share >= LEAST_SHARE:
            pieces, weight = frozenset(mark for mark, _ in found), sum(w for _, w in found)
            pairs.append(Pair(students[first], students[second], pieces, share, weight))
    return sorted(pairs, key=lambda pair: (-pair.weight, -pair.share, pair.first, pair.second))


def groups(keys: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the students of each key that several have; a key "" is that of nobody."""
    found = defaultdict(list)
    for student, key in keys:
        if key:
            found[key].append(student)
    return sorted(students for students in found.values() if len(students) > 1)
