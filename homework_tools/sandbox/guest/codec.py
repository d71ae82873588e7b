"""Turn the few types that cross between grader and worker into JSON and back, never by pickle.

What a submission returns is rebuilt here from plain data, so an object of its own making, which
could lie about what it equals, never reaches a test. Whatever is no type of the list below
arrives as `Unknown`, and a message that breaks a rule raises `CodecError`.
"""

import base64
import json
import math
import struct
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import pandas as pd

MAX_BYTES = 4 * 2**20
MAX_DEPTH = 8
MAX_LABELS = 10_000  # chosen to collide, more of them would keep a set or an index busy for minutes
MAX_COST = 10_000  # of one message; a unit takes pandas about 0.1 ms, however small its values
COST = {"array": 1, "ndarray": 1, "Index": 10, "Series": 10, "DataFrame": 10}
HEADER = struct.Struct(">I")
NUMBERS = {"bool", "object", *(f"{kind}{bits}" for kind in ("int", "uint") for bits in (8, 16, 32))}
NUMBERS |= {"int64", "uint64", "float16", "float32", "float64"}
PLAIN_NUMBERS = NUMBERS - {"object"}
COLUMNS = NUMBERS | {"str", "string", "boolean", "Int64", "Int32", "Float64", "Float32"}


class CodecError(ValueError):
    """A message is too large, is broken, or says what it may not say."""


class Unknown:
    """What stands for a value of a type that doesn't cross."""

    def __init__(self, name: str):
        self.name = name

    def __repr__(self) -> str:
        return f"<a {self.name}, which the grader does not take>"


class Stream(Protocol):
    """What messages cross: a socket's file, or two pipes."""

    def read(self, size: int, /) -> bytes | None: ...  # noqa: D102
    def write(self, content: memoryview, /) -> int | None: ...  # noqa: D102
    def flush(self) -> object: ...  # noqa: D102


def write_message(stream: Stream, message: dict) -> None:
    """Write one message, or raise `CodecError` if it is too large."""
    content = json.dumps(message).encode("ascii")
    if len(content) > MAX_BYTES:
        raise CodecError(f"a message of {len(content)} bytes; at most {MAX_BYTES} may cross")
    content = memoryview(HEADER.pack(len(content)) + content)
    while content:
        content = content[stream.write(content) or 0 :]
    stream.flush()


def read_message(stream: Stream) -> dict:
    """Read one message; raise `EOFError` at the end, `CodecError` if it is broken."""
    (size,) = HEADER.unpack(_read(stream, HEADER.size))
    if size > MAX_BYTES:
        raise CodecError(f"a message of {size} bytes; at most {MAX_BYTES} may cross")
    try:
        message = json.loads(_read(stream, size))
    except (ValueError, RecursionError) as error:
        raise CodecError(f"a message that is not JSON: {type(error).__name__}") from None
    if not isinstance(message, dict):
        raise CodecError("a message must be a mapping")
    if _cost(message) > MAX_COST:
        raise CodecError("more columns and tables than may cross")
    return message


def _cost(message: dict) -> int:
    cost, todo = 0, [message]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            kind = value.get("type")
            cost += COST.get(kind, 0) if isinstance(kind, str) else 0
            todo += value.values()
        elif isinstance(value, list):
            todo += [item for item in value if type(item) in (dict, list)]
    return cost


def _read(stream: Stream, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        part = stream.read(min(size - len(content), 2**16))
        if not part:
            raise EOFError("the other side has closed")
        content += part
    return bytes(content)


def one_line(said: object, most: int) -> str:
    """Return what came over as text that fits a line of any report, however it was made up."""
    shown = (c if c.isprintable() else ascii(c)[1:-1] for c in str(said)[:most])
    return "".join(shown)


def encode(value: Any, depth: int = 0) -> Any:
    """Return a value as plain JSON; NaN and infinities are kept."""
    if depth > MAX_DEPTH:
        return {"type": "unknown", "name": "value nested too deeply"}
    if value is None or type(value) in (bool, int, float, str):
        return value
    if value is pd.NA or value is pd.NaT:
        return {"type": "NA"}
    if isinstance(value, np.generic) and value.dtype.name in NUMBERS:
        return {"type": "scalar", "dtype": value.dtype.name, "value": value.item()}
    if isinstance(value, pd.DataFrame):
        labels = {"index": encode(value.index, depth + 1), "columns": encode(value.columns, depth)}
        return {"type": "DataFrame", "values": _columns(value, depth), **labels}
    if isinstance(value, pd.Series):
        labels = {"index": encode(value.index, depth + 1), "name": encode(value.name, depth + 1)}
        return {"type": "Series", "values": encode(value.array, depth + 1), **labels}
    if isinstance(value, pd.Index) and not isinstance(value, pd.MultiIndex):
        name = encode(value.name, depth + 1)
        return {"type": "Index", "values": encode(value.array, depth + 1), "name": name}
    if isinstance(value, pd.api.extensions.ExtensionArray):
        return {"type": "array", "dtype": str(value.dtype), **_items(value, depth)}
    if isinstance(value, np.ndarray):
        shape = list(value.shape)
        dtype = value.dtype.name if value.dtype.kind != "U" else "object"
        return {"type": "ndarray", "dtype": dtype, "shape": shape, **_items(value, depth)}
    if isinstance(value, dict):
        pairs = [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]
        return {"type": "dict", "values": pairs}
    for kind in (list, tuple, set, frozenset):
        if isinstance(value, kind):
            return {"type": kind.__name__, "values": [encode(item, depth + 1) for item in value]}
    if isinstance(value, (str, int, float)):  # a subclass: only its plain value crosses
        plain = str if isinstance(value, str) else int if isinstance(value, int) else float
        return plain.__str__(value) if plain is str else plain(value)
    return {"type": "unknown", "name": type(value).__name__[:80]}


def _columns(table: pd.DataFrame, depth: int) -> Any:
    """Return a table's columns; where all are of one plain type, as one array and much faster."""
    kinds = set(table.dtypes.tolist())
    if len(kinds) == 1 and kinds.pop().name in PLAIN_NUMBERS:
        return encode(table.to_numpy().T, depth)
    return [encode(column.array, depth + 1) for _, column in table.items()]


def _items(array: Any, depth: int) -> dict:
    """Return numbers as their bytes, which is fast and exact, and anything else one by one."""
    if array.dtype.name in PLAIN_NUMBERS:
        return {"bytes": base64.b64encode(np.asarray(array).tobytes()).decode("ascii")}
    items = np.asarray(array, dtype=object).ravel().tolist()
    return {"values": [item if type(item) is str else encode(item, depth + 1) for item in items]}


def decode(value: Any, depth: int = 0) -> Any:
    """Return the value that `encode` was given; raise `CodecError` if it could not be one."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if depth > 2 * MAX_DEPTH or not isinstance(value, dict):
        raise CodecError("a value of no known form")
    decoder = DECODERS.get(str(value.get("type")))
    if decoder is None:
        raise CodecError(f"a value of the unknown type {str(value.get('type'))[:40]!r}")
    try:
        return decoder(value, depth + 1)
    except CodecError:
        raise
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        kind = value["type"]
        raise CodecError(f"a {kind} that does not fit together: {type(error).__name__}") from None


def _values(value: dict, depth: int) -> list:
    if not isinstance(value["values"], list):
        raise CodecError("values must be a list")
    return [decode(item, depth) if type(item) in (dict, list) else item for item in value["values"]]


def _numbers(value: dict) -> np.ndarray:
    content = base64.b64decode(value["bytes"], validate=True)
    if value["dtype"] == "bool":  # of any other byte than 0 and 1 NumPy would make a third value
        return np.frombuffer(content, dtype="uint8") != 0
    return np.frombuffer(content, dtype=value["dtype"]).copy()


def _few(labels: Any) -> Any:
    if len(labels) > MAX_LABELS:
        raise CodecError(f"{len(labels)} labels; at most {MAX_LABELS} may cross")
    return labels


def _dtype(value: dict, allowed: set[str]) -> str:
    return value["dtype"] if value["dtype"] in allowed else "object"


_parsed = lru_cache(pd.api.types.pandas_dtype)


def _scalar(value: dict, depth: int) -> np.generic:
    if value["dtype"] not in PLAIN_NUMBERS:
        raise CodecError("a scalar of an unknown dtype")
    return np.dtype(value["dtype"]).type(value["value"])


def _array(value: dict, depth: int) -> pd.api.extensions.ExtensionArray:
    if (dtype := _dtype(value, COLUMNS)) in PLAIN_NUMBERS:
        return pd.arrays.NumpyExtensionArray(_numbers(value))
    return pd.array(_values(value, depth), dtype=_parsed(dtype))


def _ndarray(value: dict, depth: int) -> np.ndarray:
    shape = tuple(int(length) for length in value["shape"][:MAX_DEPTH])
    if _dtype(value, NUMBERS) in PLAIN_NUMBERS:
        flat = _numbers(value)
    else:
        flat = np.empty(len(value["values"]), dtype=object)
        flat[:] = _values(value, depth)
    possible = all(0 <= length <= MAX_BYTES for length in shape)
    if not possible or math.prod(shape) != flat.size:
        raise CodecError("a shape that its values do not fill")
    return flat.reshape(shape)


def _index(value: dict, depth: int) -> pd.Index | Unknown:
    if value["values"]["type"] != "array":
        return Unknown("table with labels of an unknown kind")
    array = _few(_array(value["values"], depth))
    name = _label(decode(value["name"], depth))
    if array.dtype.name == "object":
        return pd.Index([_label(item) for item in array], dtype=object, name=name)
    return pd.Index(array, name=name)  # a dtype would have its values looked at once more


def _label(item: Any) -> Any:
    """Return an item that can be a label: one value, whose hash nobody can choose freely."""
    if isinstance(item, (list, dict, tuple, set, frozenset, np.ndarray, pd.Index)):
        raise CodecError(f"a {type(item).__name__} as a label")
    if isinstance(item, int) and abs(item) >= 2**64:  # such numbers can all have one hash
        raise CodecError("a label that is a number of more than 64 bits")
    return item


def _series(value: dict, depth: int) -> pd.Series | Unknown:
    index = decode(value["index"], depth)
    if not isinstance(index, pd.Index):
        return Unknown("Series with several levels of labels")
    data = decode(value["values"], depth)
    if isinstance(data, Unknown):
        return data
    return pd.Series(data, index=index, name=_label(decode(value["name"], depth)))


def _table(value: dict, depth: int) -> pd.DataFrame | Unknown:
    index, columns = decode(value["index"], depth), decode(value["columns"], depth)
    if not (isinstance(index, pd.Index) and isinstance(columns, pd.Index)):
        return Unknown("DataFrame with several levels of labels")
    if isinstance(value["values"], dict):  # all columns of one plain type
        data = _ndarray(value["values"], depth)
        if data.dtype == object or data.shape != (len(columns), len(index)):
            raise CodecError("columns that do not fill their table")
        return pd.DataFrame(data.T, index=index, columns=columns)
    data = _values(value, depth)
    if any(isinstance(column, Unknown) or len(column) != len(index) for column in data):
        raise CodecError("a column that does not fill its table")
    plain = pd.arrays.NumpyExtensionArray
    data = [each.to_numpy() if isinstance(each, plain) else each for each in data]
    table = pd.DataFrame(dict(enumerate(data)), index=index)
    table.columns = columns
    return table


DECODERS = {
    "NA": lambda value, depth: pd.NA,
    "unknown": lambda value, depth: Unknown(str(value["name"])[:80]),
    "scalar": _scalar,
    "array": _array,
    "ndarray": _ndarray,
    "Index": _index,
    "Series": _series,
    "DataFrame": _table,
    "dict": lambda value, depth: {
        _label(decode(key, depth)): decode(item, depth) for key, item in _few(value["values"])
    },
    "list": _values,
    "tuple": lambda value, depth: tuple(_values(value, depth)),
    "set": lambda value, depth: set(map(_label, _few(_values(value, depth)))),
    "frozenset": lambda value, depth: frozenset(map(_label, _few(_values(value, depth)))),
}
