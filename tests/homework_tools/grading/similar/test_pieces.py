"""Pieces of code survive other names, comments and layout; they differ where the code does."""

import pytest

from homework_tools.grading.similar.pieces import code_pieces, text_pieces

CODE = """\
def top_genes(results, n=10):
    "Words."
    ordered = pd.DataFrame(results.sort_values("p_value", kind="stable"))  # smallest first
    chosen = ordered.index[:n]
    return results.loc[chosen]
"""


def marks(source):
    return [piece.mark for piece in code_pieces(source)]


@pytest.mark.parametrize(
    "copy",
    [
        CODE.replace("ordered", "x").replace("chosen", "ordered"),
        CODE.replace("  # smallest first", "").replace('    "Words."\n', ""),
        CODE.replace("    ", "\t").replace(" = ", "=").replace("\n", "\n\n\n"),
        CODE.replace('"p_value", kind="stable"', "\n    'p_value',  # why\n    kind='stable'"),
        CODE.replace("\n", "\r\n"),
        CODE.replace("pd.", "w."),
    ],
)
def test_copy_in_disguise_has_the_same_pieces(copy):
    assert marks(copy) == marks(CODE)


@pytest.mark.parametrize(
    "other",
    [
        CODE.replace("sort_values", "rank"),
        CODE.replace("[:n]", "[n:]"),
        CODE.replace("kind=", "ascending="),
        CODE.replace("ordered.index", "results.index"),
    ],
)
def test_other_code_has_other_pieces(other):
    assert set(marks(CODE)) - set(marks(other))


def test_inserted_line_costs_only_the_pieces_around_it():
    longer = CODE.replace("    chosen", "    extra = 1\n    chosen")
    assert len(set(marks(CODE)) & set(marks(longer))) > 20


def test_piece_knows_its_place():
    source = "é = 1\na = np.sum(b + c) * d\n\nx = np.sum(y + z) * w"
    found = [source[piece.start : piece.end] for piece in code_pieces(source)]
    assert found[0] == "é = 1\na = np.sum(b"
    assert found[-1] == "np.sum(y + z) * w"


@pytest.mark.parametrize(
    "source",
    ["def f(:\n  (", "'''", "\x00" * 30, " 't'''\n\x00", "%%bash\nls -l | wc 'a b'"],
)
def test_code_that_is_broken_has_pieces_as_well(source):
    text = f"{source} a b c d e f g h i j k l m n o p"
    assert code_pieces(text)


def test_words_are_compared_whatever_their_case_and_punctuation():
    one = text_pieces("The rate is taken over the genes that were not shifted.")
    other = text_pieces("the RATE is taken: over the genes, that were not shifted")
    assert [piece.mark for piece in one] == [piece.mark for piece in other]
    assert len(one) == 6
