"""Values cross unchanged as plain data, and nothing else crosses."""

import base64
import io
import json
import sys
import time

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal, assert_series_equal

from homework_tools.sandbox.guest import codec


def packed(values, kind="float64"):
    return base64.b64encode(np.array(values, dtype=kind).tobytes()).decode()


def there_and_back(value):
    return codec.decode(json.loads(json.dumps(codec.encode(value))))


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"a": [1.5, np.nan, np.inf, -0.0]}, index=["w", "x", "y", "z"]),
        pd.DataFrame({"a": [1, 2], "b": [True, False]}, index=pd.Index([3, 4], name="n")),
        pd.DataFrame({"a": pd.array([True, None], "boolean"), "b": pd.array([1, None], "Int64")}),
        pd.DataFrame({"a": ["x", None], "b": ["é", "\ud800"]}),
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
        pd.DataFrame({"a": [1, "x", 0.5]}, dtype=object),
        pd.DataFrame({"a": np.array([1, 2], "float32"), "b": np.array([3, 4], "int8")}),
        pd.DataFrame(index=["x", "y"]),
        pd.DataFrame(columns=["x", "y"]),
    ],
    ids=str,
)
def test_table_crosses_with_labels_and_dtypes(table):
    assert_frame_equal(there_and_back(table), table, check_index_type=False)


@pytest.mark.parametrize("kind", ["float64", "float32", "int64", "uint64", "int8", "bool"])
def test_table_of_one_type_arrives_as_it_was(kind):
    table = pd.DataFrame({"a": [0, 1, 1], "b": [1, 0, 1]}, dtype=kind)
    back = there_and_back(table)
    assert_frame_equal(back, table, check_index_type=False)
    back.iloc[0, 0] = table.iloc[1, 0]  # a test may change what it was given


def test_number_that_is_forged_as_a_truth_value_arrives_as_true():
    forged = {"type": "ndarray", "dtype": "bool", "shape": [3], "bytes": packed([0, 1, 2], "uint8")}
    assert codec.decode(forged).sum() == 2


def test_series_crosses_with_name_and_dtype():
    for series in (pd.Series({"a": 1, "b": 0.5}, dtype=object, name="k"), pd.Series([1.0, np.nan])):
        assert_series_equal(there_and_back(series), series, check_index_type=False)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        0.1,
        "x",
        [1, [2.5, "y"]],
        (1, (2,)),
        {"k": 1, 2: None},
        {1, 2},
        frozenset("a"),
    ],
    ids=repr,
)
def test_plain_value_crosses_with_its_type(value):
    back = there_and_back(value)
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("value", [np.float64(0.1), np.int32(3), np.bool_(True), np.float32(0.1)])
def test_scalar_of_numpy_keeps_its_type(value):
    assert type(there_and_back(value)) is type(value)
    assert there_and_back(value) == value


def test_array_keeps_shape_and_dtype():
    array = np.arange(6, dtype="int32").reshape(2, 3)
    assert there_and_back(array).dtype == array.dtype
    assert there_and_back(array).tolist() == array.tolist()


@pytest.mark.parametrize("value", [object(), print, pd.Timestamp(0), 1j, b"x", io.StringIO()])
def test_other_types_arrive_as_unknown(value):
    assert isinstance(there_and_back(value), codec.Unknown)


def test_several_levels_of_labels_arrive_as_unknown():
    table = pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a", "b")]))
    assert isinstance(there_and_back(table), codec.Unknown)


def test_array_that_holds_itself_ends_as_unknown():
    found = np.empty(1, dtype=object)
    found[0] = found
    found = there_and_back(found)
    while isinstance(found, np.ndarray):
        (found,) = found
    assert isinstance(found, codec.Unknown)


def whole_table(**forged):
    message = codec.encode(pd.DataFrame({"a": [1.5, 2.5]}))
    return {**message, "values": {**message["values"], **forged}}


@pytest.mark.parametrize(
    "message",
    [
        {"type": "pickle", "values": "gASVAAAAAAAAAAAu"},
        {"type": "ndarray", "dtype": "float64", "shape": [10**9], "bytes": ""},
        {"type": "ndarray", "dtype": "float64", "shape": [-1], "bytes": packed([1.0])},
        {"type": "ndarray", "dtype": "datetime64[ns]", "shape": [1], "bytes": packed([1.0])},
        {"type": "array", "dtype": "Int64", "values": ["x"]},
        {"type": "array", "dtype": "int64", "bytes": "é"},
        {"type": "array", "dtype": "int64", "bytes": "AAAA"},
        {"type": "array", "dtype": "int64", "bytes": 5},
        {"type": "array", "dtype": "int64"},
        whole_table(shape=[2, 1]),
        whole_table(shape=[2]),
        whole_table(dtype="object", values=[0, 0]),
        {"type": "scalar", "dtype": "object", "value": []},
        {"type": "dict", "values": [[{"type": "list", "values": []}, 1]]},
        {"type": "set", "values": [{"type": "list", "values": []}]},
        {"type": "Series", "values": {"type": "array", "dtype": "int64", "bytes": packed([1, 2])}},
        {"values": []},
        [1, 2],
    ],
    ids=str,
)
def test_message_that_does_not_fit_together_is_refused(message):
    with pytest.raises(codec.CodecError):
        codec.decode(message)


def test_message_that_is_too_large_is_refused_on_both_sides():
    with pytest.raises(codec.CodecError, match="at most"):
        codec.write_message(io.BytesIO(), {"x": "y" * codec.MAX_BYTES})
    with pytest.raises(codec.CodecError, match="at most"):
        codec.read_message(io.BytesIO(codec.HEADER.pack(codec.MAX_BYTES + 1)))


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[1]", b"[" * 100_000])
def test_message_that_is_no_mapping_is_refused(content):
    with pytest.raises(codec.CodecError):
        codec.read_message(io.BytesIO(codec.HEADER.pack(len(content)) + content))


def test_message_that_is_cut_off_is_the_end():
    with pytest.raises(EOFError):
        codec.read_message(io.BytesIO(codec.HEADER.pack(10) + b"{"))


@pytest.mark.parametrize("kind", ["set", "dict", "rows", "columns"])
def test_labels_that_collide_do_not_keep_the_grader_busy(kind):
    """Multiples of the modulus that Python hashes by: each is compared with all before it."""
    labels = [number * sys.hash_info.modulus for number in range(190_000)]
    array = {"type": "array", "dtype": "object", "values": labels}
    index = {"type": "Index", "values": array, "name": None}
    nothing = {"type": "array", "dtype": "object", "values": []}
    message = {
        "set": {"type": "set", "values": labels},
        "dict": {"type": "dict", "values": [[label, 0] for label in labels]},
        "rows": {"type": "Series", "values": array, "index": index, "name": None},
        "columns": {
            "type": "DataFrame",
            "values": [],
            "index": {"type": "Index", "values": nothing, "name": None},
            "columns": index,
        },
    }[kind]
    started = time.perf_counter()
    with pytest.raises(codec.CodecError, match="190000 labels; at most 10000 may cross"):
        codec.decode(message)
    assert time.perf_counter() - started < 5


def array(values, dtype="object"):
    return {"type": "array", "dtype": dtype, "values": values}


def index(values):
    return {"type": "Index", "values": array(values), "name": None}


BUSY = {
    "many tables": {
        "type": "list",
        "values": [{"type": "DataFrame", "values": [], "index": index([]), "columns": index([])}]
        * 16_000,
    },
    "many Series": {
        "type": "list",
        "values": [{"type": "Series", "values": array([]), "index": index([]), "name": None}]
        * 16_000,
    },
    "many columns": {
        "type": "list",
        "values": [
            {
                "type": "DataFrame",
                "values": [array([], "Int64")] * 200,
                "index": index([]),
                "columns": index(list(range(200))),
            }
        ]
        * 300,
    },
    "a shape that is long": {
        "type": "ndarray",
        "dtype": "object",
        "shape": [int("9" * 4000)] * 1000,
        "values": [],
    },
    "labels of labels": {
        "type": "set",
        "values": [
            {"type": "tuple", "values": [0] * 90 + [number * sys.hash_info.modulus]}
            for number in range(9_000)
        ],
    },
    "large numbers": index([number * sys.hash_info.modulus for number in range(10_000)]),
    "large numbers in a dict": {
        "type": "dict",
        "values": [[number * sys.hash_info.modulus, 0] for number in range(10_000)],
    },
}


@pytest.mark.parametrize("message", BUSY.values(), ids=BUSY)
def test_message_made_to_keep_the_grader_busy_is_refused_at_once(message):
    content = json.dumps({"value": message}).encode()
    assert len(content) < codec.MAX_BYTES
    stream = io.BytesIO(codec.HEADER.pack(len(content)) + content)
    started = time.perf_counter()
    with pytest.raises(codec.CodecError):
        codec.decode(codec.read_message(stream)["value"])
    assert time.perf_counter() - started < 5


def test_tables_as_large_as_any_of_the_homework_cross():
    values = np.random.default_rng(1).normal(size=(100, 3000))
    table = pd.DataFrame(values, columns=[f"Gene{n:05d}" for n in range(3000)])
    for each in (table, table.T):
        stream = io.BytesIO()
        codec.write_message(stream, {"value": codec.encode((each, each.mean()))})
        stream.seek(0)
        assert_frame_equal(codec.decode(codec.read_message(stream)["value"])[0], each)
