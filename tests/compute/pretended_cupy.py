"""NumPy dressed as CuPy: as strict about what it takes, and noting what is asked of the device."""

from __future__ import annotations

import contextlib
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.compute.gpu.device import CupyBackend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CALLS: list[str] = []
"""What was asked of the device since ``backend()``."""


class DeviceArray(np.ndarray):
    """An array that pretends to lie on a device: it doesn't mix with NumPy's, and its reductions have no axes."""

    device = SimpleNamespace(id=1)

    def get(self, stream: Any = None) -> np.ndarray:
        CALLS.append("get")
        assert stream is not None
        return np.array(self).view(np.ndarray)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        refuse(inputs)
        return dressed(getattr(ufunc, method)(*plain(inputs), **options))

    def __getitem__(self, item: Any) -> Any:
        refuse(item if isinstance(item, tuple) else (item,))
        return dressed(super().__getitem__(item))

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        refuse((*args, *kwargs.values()))
        return dressed(super().__array_function__(func, types, args, kwargs))


def refuse(values: Any) -> None:
    """Raise TypeError for NumPy's own arrays, as CuPy does, in lists too."""
    for value in values:
        if isinstance(value, list | tuple):
            refuse(value)
        elif isinstance(value, np.ndarray) and not isinstance(value, DeviceArray):
            message = f"Unsupported type {type(value)}"
            raise TypeError(message)


def plain(value: Any) -> Any:
    """NumPy's arrays for those of the device, in lists and mappings too."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(plain(item) for item in value)
    if isinstance(value, Number):
        return value.value
    return np.asarray(value) if isinstance(value, DeviceArray) else value


class Number:
    """What stands for a number of Python's in a function that is fused: it takes the dtype of what it meets."""

    ndim = -1

    def __init__(self, value: Any) -> None:
        self.value = value
        self.dtype = np.dtype(type(value))

    def astype(self, dtype: Any) -> DeviceArray:
        return np.asarray(self.value, dtype).view(DeviceArray)


def dressed(value: Any) -> Any:
    """Results as CuPy gives them: arrays, also where NumPy gives scalars, in plain tuples."""
    if isinstance(value, tuple):
        return tuple(dressed(item) for item in value)
    return np.asarray(value).view(DeviceArray) if isinstance(value, np.ndarray | np.generic) else value


class Namespace:
    """A module whose functions take device arrays only."""

    def __init__(self, module: Any, **own: Any) -> None:
        self._module = module
        self.__dict__.update(own)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._module, name)
        if not callable(found) or isinstance(found, type):
            return found

        def call(*arguments: Any, **options: Any) -> Any:
            refuse((*arguments, *options.values()))
            if isinstance(found, np.ufunc) and any(isinstance(item, list) for item in arguments):
                raise TypeError("Unsupported type <class 'list'>")
            CALLS.append(name)
            return dressed(found(*plain(arguments), **plain(options)))

        return Ufunc(call, found.types) if isinstance(found, np.ufunc) else call


class Context:
    """A device or a stream."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        CALLS.append(f"enter {self.name}")

    def __exit__(self, *_: object) -> None:
        CALLS.append(f"leave {self.name}")

    def synchronize(self) -> None:
        CALLS.append(f"wait {self.name}")


class Event:
    """A mark on a stream."""

    def __init__(self, *, block: bool) -> None:
        assert block

    def record(self, stream: Context) -> None:
        CALLS.append(f"record {stream.name}")

    def synchronize(self) -> None:
        CALLS.append("wait event")


def _stream(*, non_blocking: bool) -> Context:
    assert non_blocking
    return Context("stream")


def _asarray(value: Any, **options: Any) -> DeviceArray:
    if not isinstance(value, DeviceArray):
        CALLS.append("upload")
    return np.asarray(value, **options).view(DeviceArray)


class Ufunc:
    """A universal function of the pretended module, which fusion knows by its type."""

    def __init__(self, call: Callable[..., Any], types: Sequence[str] = ()) -> None:
        self._call = call
        self.types = types

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self._call(*arguments, **options)


def _product(loops: Sequence[Any]) -> Ufunc:
    """What is made for a product that is rounded by itself, of the loops of CuPy's own."""
    assert [loop if isinstance(loop, str) else loop[0] for loop in loops] == np.multiply.types
    return Ufunc(lambda *factors: dressed(np.multiply(*plain(factors))), np.multiply.types)


def _fuse(*, kernel_name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def fused(function: Callable[..., Any]) -> Callable[..., Any]:
        CALLS.append("fuse")

        def call(*arguments: Any) -> Any:
            CALLS.append(f"fused {kernel_name}")
            return function(*(item if isinstance(item, DeviceArray) else Number(item) for item in arguments))

        return call

    return fused


def _reduction_kernel(_inputs: str, _output: str, _each: str, _join: str, _end: str, _identity: str, name: str) -> Any:
    assert name == "within", "this is the only one that is pretended"

    def call(x: Any, least: Any, most: Any) -> Any:
        CALLS.append(f"kernel {name}")
        refuse((x,))
        cells = plain(x)
        return dressed(((cells == 0) | ((abs(cells) >= least) & (abs(cells) <= most))).all())

    return call


def cupy() -> Any:
    """Give the pretended module."""
    pool = SimpleNamespace(free_bytes=lambda: 5_000, free_all_blocks=lambda: CALLS.append("free blocks"))
    pinned = SimpleNamespace(free_all_blocks=lambda: CALLS.append("free pinned"))
    plans = SimpleNamespace(clear=lambda: CALLS.append("clear plans"))
    runtime = SimpleNamespace(
        getDeviceProperties=lambda _index: {"name": b"Pretended GPU"},
        memGetInfo=lambda: (100_000_000, 200_000_000),
    )
    return Namespace(
        np,
        __name__="pretended",
        ndarray=DeviceArray,
        ufunc=Ufunc,
        fuse=_fuse,
        ReductionKernel=_reduction_kernel,
        asarray=_asarray,
        asnumpy=plain,
        _core=SimpleNamespace(create_ufunc=lambda _name, loops, _routine: _product(loops)),
        linalg=Namespace(np.linalg),
        cuda=SimpleNamespace(
            Device=lambda index: Context(f"device {index}"),
            Stream=_stream,
            Event=Event,
            get_elapsed_time=lambda _begin, _end: 2.5,
            runtime=runtime,
        ),
        fft=Namespace(np.fft, config=SimpleNamespace(get_plan_cache=lambda: plans)),
        get_default_memory_pool=lambda: pool,
        get_default_pinned_memory_pool=lambda: pinned,
    )


@contextlib.contextmanager
def _errstate(*, linalg: str) -> Iterator[None]:
    CALLS.append(f"linalg {linalg}")
    yield


def backend() -> CupyBackend:
    """Give a backend over the pretended module."""
    made = CupyBackend(1, cupy=cupy(), cupyx=SimpleNamespace(errstate=_errstate))
    CALLS.clear()
    return made
