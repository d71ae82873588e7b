"""Stand in for the libraries that draw and display: no plot is graded, and these load slowly."""

import dis
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from types import ModuleType

DRAWING = ("matplotlib", "mpl_toolkits", "seaborn", "IPython")
OF_PANDAS = "pandas.plotting._matplotlib"  # how `table.plot()` draws
TAKEN = "add radd sub rsub mul rmul truediv rtruediv neg or ror lt le gt ge"
TAKEN += " getitem enter instancecheck"


class Nothing(ModuleType):
    """Has every attribute, takes every call, draws nothing."""

    def __getattr__(self, name: str) -> "Nothing":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args: object, **kwargs: object) -> "Nothing":  # noqa: D102
        return self

    def __iter__(self) -> Iterator["Nothing"]:
        """Yield as many as the line takes apart: two for `figure, axes = plt.subplots()`."""
        frame = sys._getframe(1)
        step, count = frame.f_code.co_code[frame.f_lasti :][:2]
        return iter([self] * (count if dis.opname[step] == "UNPACK_SEQUENCE" else 2))

    def __setitem__(self, *item: object) -> None: ...

    def __exit__(self, *error: object) -> None: ...


for operation in TAKEN.split():
    setattr(Nothing, f"__{operation}__", Nothing.__call__)


class Finder:
    """Finds these libraries and all of their parts."""

    @staticmethod
    def find_spec(name: str, *_: object) -> ModuleSpec | None:  # noqa: D102
        if name.partition(".")[0] in DRAWING or name == OF_PANDAS:
            return ModuleSpec(name, Finder, is_package=True)  # ty: ignore[invalid-argument-type]
        return None

    @staticmethod
    def create_module(spec: ModuleSpec) -> Nothing:  # noqa: D102
        return Nothing(spec.name)

    @staticmethod
    def exec_module(module: Nothing) -> None: ...  # noqa: D102


def install() -> None:
    """Let later imports of these libraries find the stand-ins."""
    sys.meta_path.insert(0, Finder)
