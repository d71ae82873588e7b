"""Rank pairs of notebooks by the pieces that they share and hardly another notebook has."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

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
    owners = np.repeat(np.arange(len(students)), [len(own) for own in marks.values()])
    pieces = pd.DataFrame({"mark": np.concatenate([none, *marks.values()]), "first": owners})
    counts = pieces.groupby("mark")["first"].transform("size")
    rare = counts <= most_owners(len(students))
    own = pieces["first"][rare].value_counts()
    shared = pieces.assign(weight=np.log(len(students) / counts))[rare & (counts > 1)]
    both = shared.merge(shared[["mark", "first"]].rename(columns={"first": "second"}), on="mark")
    both = both[both["first"] < both["second"]]
    of_pair = ["first", "second"]
    size = both.groupby(of_pair)["mark"].transform("size")
    share = size / np.minimum(both["first"].map(own), both["second"].map(own))
    listed = both.assign(share=share)[(size >= LEAST_PIECES) & (share >= LEAST_SHARE)]
    pairs = [
        Pair(
            *(students[place] for place in two),
            frozenset(found["mark"].tolist()),
            float(found["share"].iloc[0]),
            float(found["weight"].sum()),
        )
        for two, found in listed.groupby(of_pair)
    ]
    return sorted(pairs, key=lambda pair: (-pair.weight, -pair.share, pair.first, pair.second))
