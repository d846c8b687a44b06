"""What the engine holds: arrays and results by key, and their copies on the devices that have needed them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.engine.messages import MissingArrayError, check_patch
from playground.workspace.arrays import shape_2d

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from playground.compute.backend import Backend
    from playground.workspace.arrays import Patch

_HOST = "cpu"


class Store:
    """Values by key, each on one or more devices.

    An array that was put is contiguous and the store's own, so that a patch can write into it. A result may be a
    view of such an array; it goes when the array is patched.

    Parameters
    ----------
    backends
        The devices in use by their names; the owner adds to it.
    """

    def __init__(self, backends: Mapping[str, Backend]) -> None:
        self._backends = backends
        self._held: dict[str, dict[str, Any]] = {}
        self._own: set[str] = set()
        self._parts: dict[str, tuple[str, ...]] = {}
        self._casts: dict[str, dict[tuple[str, np.dtype], Any]] = {}
        self._spare: set[str] = set()

    def put(self, key: str, array: np.ndarray) -> None:
        """Hold ``array``, which is contiguous and belongs to the store from now on."""
        self.drop([key])
        self._held[key] = {_HOST: array}
        self._own.add(key)

    def keep(self, key: str, value: object, device: str) -> None:
        """Hold a result where ``device`` has it."""
        self.drop([key])
        self._held[key] = {device: value}

    def keep_spare(self, key: str, value: object, device: str) -> None:
        """Hold what can be computed again at any time: it goes where memory is lacking."""
        self.keep(key, value, device)
        self._spare.add(key)

    def keep_parts(self, key: str, parts: Sequence[str]) -> None:
        """Know ``key`` as the name of several values, held under ``parts``."""
        self._parts[key] = tuple(parts)

    def drop(self, keys: Iterable[str]) -> None:
        """Forget ``keys``, and the parts of those that name several values; unknown keys are passed over."""
        for key in keys:
            self._held.pop(key, None)
            self._own.discard(key)
            self._casts.pop(key, None)
            self._spare.discard(key)
            self.drop(self._parts.pop(key, ()))

    def evict(self, device: str, but: Iterable[str]) -> bool:
        """Give up what ``device`` can do without, except of the keys ``but``; whether there was any.

        That is what was kept to spare, what was cast, and copies of what the host has too.
        """
        kept = set(but)
        spare = [key for key in self._spare - kept if device in self._held[key]]
        self.drop(spare)
        casts = [(key, place) for key, kinds in self._casts.items() if key not in kept for place in kinds]
        casts = [(key, place) for key, place in casts if place[0] == device]
        for key, place in casts:
            del self._casts[key][place]
        if device == _HOST:
            return bool(spare or casts)
        others = (copies for key, copies in self._held.items() if key not in kept)
        found = [copies for copies in others if device in copies and _HOST in copies]
        for copies in found:
            del copies[device]
        return bool(found or spare or casts)

    def __contains__(self, key: str) -> bool:
        return key in self._held

    def any_copy(self, key: str) -> Any:  # noqa: ANN401 - the array of some device
        """Give the value on whichever device has it, for its shape, dtype and strides; raises `MissingArrayError`."""
        copies = self._copies(key)
        return copies[_HOST] if _HOST in copies else next(iter(copies.values()))

    def on(self, key: str, device: str) -> Any:  # noqa: ANN401
        """Give the value on ``device``, bringing it there the first time; raises `MissingArrayError`."""
        copies = self._copies(key)
        if device not in copies:
            host = copies[_HOST] if _HOST in copies else self._downloaded(copies)
            if device != _HOST:
                backend = self._backends[device]
                with backend.session():
                    copies[device] = backend.asarray(host)
        return copies[device]

    def cast(self, key: str, device: str, dtype: np.dtype) -> Any:  # noqa: ANN401
        """Give the value on ``device`` as ``dtype``; what was cast is kept until the value is patched or dropped."""
        value = self.on(key, device)
        if value.dtype == dtype:
            return value
        kinds = self._casts.setdefault(key, {})
        if (device, dtype) not in kinds:
            with self._backends[device].session():
                kinds[device, dtype] = value.astype(dtype)
        return kinds[device, dtype]

    def has_cast(self, key: str, device: str, dtype: np.dtype) -> bool:
        """Whether `cast` would find it done already."""
        return (device, dtype) in self._casts.get(key, {})

    def patch(self, key: str, new_key: str, patches: Sequence[Patch]) -> tuple[str, ...]:
        """Write ``patches`` into an array on every device that has it, and call it ``new_key``.

        Returns
        -------
        tuple of str
            Keys of results that were views of the old array; they are held no longer.

        Raises
        ------
        MissingArrayError
            Where ``key`` is no array that was put.
        ValueError
            Where a patch has another dtype or reaches over the edge; nothing is changed then.
        """
        copies = self._copies(key)
        if key not in self._own:
            raise MissingArrayError(key)
        host = copies[_HOST]
        for piece in patches:
            check_patch(host.shape, host.dtype, piece)
        views = self._views_of(copies)
        self.drop([*views, key, new_key])
        for device, value in copies.items():
            if device == _HOST:
                _write(value, patches, np.asarray)
            else:
                backend = self._backends[device]
                with backend.session():
                    _write(value, patches, backend.asarray)
        self._held[new_key] = copies
        self._own.add(new_key)
        return views

    def window(self, key: str, *place: int) -> np.ndarray:
        """Copy cells to a host array, cut at the edges: as `EngineCore.window`."""
        shape = self.any_copy(key).shape
        if len(place) != 4:
            if len(place) != 2 * len(shape):
                raise ValueError(f"{len(place)} ends for {len(shape)} axes")
            ends = zip(place[::2], place[1::2], strict=True)
            return self.cells(key, tuple(slice(max(first, 0), max(stop, 0)) for first, stop in ends))
        rows, columns = shape_2d(shape)
        r0, r1, c0, c1 = place
        r0, r1 = min(max(r0, 0), rows), min(max(r1, 0), rows)
        c0, c1 = min(max(c0, 0), columns), min(max(c1, 0), columns)
        return self._copied(key, lambda value: _corner(value, r0, max(r1, r0), c0, max(c1, c0)))

    def cells(self, key: str, where: tuple[slice, ...]) -> np.ndarray:
        """Copy the cells that a slice per axis chooses to a host array; raises `MissingArrayError`."""
        return self._copied(key, lambda value: value[where])

    def _copied(self, key: str, part: Callable[[Any], Any]) -> np.ndarray:
        """Copy a part of a value to the host, from where it is."""
        copies = self._copies(key)
        device = _HOST if _HOST in copies else next(iter(copies))
        if device == _HOST:
            return np.array(part(copies[device]), order="C")
        backend = self._backends[device]
        with backend.session():
            return np.array(backend.to_host(part(copies[device])), order="C")

    def host_bytes(self) -> int:
        """Bytes of host memory that the values take; a view counts once with what it looks at."""
        hosts = [copies[_HOST] for copies in self._held.values() if _HOST in copies]
        hosts += [cast for kinds in self._casts.values() for (device, _), cast in kinds.items() if device == _HOST]
        owners = (host.base if isinstance(host.base, np.ndarray) else host for host in hosts)
        return sum({id(owner): owner.nbytes for owner in owners}.values())

    def _copies(self, key: str) -> dict[str, Any]:
        try:
            return self._held[key]
        except KeyError:
            raise MissingArrayError(key) from None

    def _downloaded(self, copies: dict[str, Any]) -> np.ndarray:
        device, value = next(iter(copies.items()))
        copies[_HOST] = host = np.asarray(self._backends[device].to_host(value))
        return host

    def _views_of(self, copies: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(
            key
            for key, others in self._held.items()
            if key not in self._own
            and any(_shares(value, others[device]) for device, value in copies.items() if device in others)
        )


def _write(array: Any, patches: Sequence[Patch], asarray: Callable[[object], Any]) -> None:  # noqa: ANN401
    plane = array.reshape(shape_2d(array.shape))
    for piece in patches:
        rows, columns = piece.values.shape
        plane[piece.r0 : piece.r0 + rows, piece.c0 : piece.c0 + columns] = asarray(piece.values)


def _shares(array: Any, result: Any) -> bool:  # noqa: ANN401 - NumPy's arrays or another device's
    if isinstance(array, np.ndarray):
        return np.may_share_memory(array, result)
    return result is array or result.base is array or (array.base is not None and result.base is array.base)


def _corner(value: Any, r0: int, r1: int, c0: int, c1: int) -> Any:  # noqa: ANN401
    """Rows and columns of the 2-D view without laying out the whole of an array that isn't contiguous."""
    if value.ndim == 2:
        return value[r0:r1, c0:c1]
    if value.ndim < 2 or value.flags.c_contiguous:
        return value.reshape(shape_2d(value.shape))[r0:r1, c0:c1]
    leading = value.shape[:-1]
    if math.prod(leading) == 0:
        return value.reshape(shape_2d(value.shape))[r0:r1, c0:c1]
    return value[(*np.unravel_index(np.arange(r0, r1), leading), slice(c0, c1))]
