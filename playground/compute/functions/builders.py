"""What NumPy builds in square brackets, for any array module: ``r_``, ``c_``, ``mgrid``, ``ogrid``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable


def _rows(xp: Any, *items: Any) -> Any:  # noqa: ANN401
    dtype = xp.result_type(*items)
    return xp.concatenate([xp.atleast_1d(_array(xp, item, dtype)) for item in items], axis=0, dtype=dtype)


def _columns(xp: Any, *items: Any) -> Any:  # noqa: ANN401
    dtype = xp.result_type(*items)
    return xp.concatenate([_as_column(xp, _array(xp, item, dtype)) for item in items], axis=-1, dtype=dtype)


def _array(xp: Any, item: Any, dtype: Any) -> Any:  # noqa: ANN401
    """Give an array as it is; a typed number takes the dtype of what stands beside it."""
    return item if hasattr(item, "dtype") else xp.asarray(item, dtype=dtype)


def _as_column(xp: Any, item: Any) -> Any:  # noqa: ANN401
    return item if item.ndim > 1 else xp.reshape(item, (-1, 1))


def _alike(xp: Any, items: Any) -> list[Any]:  # noqa: ANN401
    """Give all as arrays of one dtype."""
    dtype = xp.result_type(*items)
    return [item if item.dtype == dtype else xp.astype(item, dtype) for item in items]


def _grid(xp: Any, *items: Any) -> Any:  # noqa: ANN401
    if len(items) == 1:
        return items[0]
    return xp.stack(xp.meshgrid(*_alike(xp, items), indexing="ij", copy=False))


def _open_grid(xp: Any, *items: Any) -> Any:  # noqa: ANN401
    if len(items) == 1:
        return items[0]
    count = len(items)
    rows = enumerate(_alike(xp, items))
    return tuple(xp.reshape(row, (1,) * axis + (-1,) + (1,) * (count - axis - 1)) for axis, row in rows)


FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "r_": _rows,
    "c_": _columns,
    "mgrid": _grid,
    "ogrid": _open_grid,
}
"""By the name behind ``own:``; the first parameter is the array module."""
