"""What NumPy builds in square brackets, for any array module: ``r_``, ``c_``, ``mgrid``, ``ogrid``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable


def _rows(xp: Any, *items: Any) -> Any:  # noqa: ANN401
    return xp.concatenate([xp.atleast_1d(item) for item in _alike(xp, items)], axis=0)


def _columns(xp: Any, *items: Any) -> Any:  # noqa: ANN401
    return xp.concatenate([_as_column(xp, item) for item in _alike(xp, items)], axis=-1)


def _as_column(xp: Any, item: Any) -> Any:  # noqa: ANN401
    return item if item.ndim > 1 else xp.reshape(item, (-1, 1))


def _alike(xp: Any, items: Any) -> list[Any]:  # noqa: ANN401
    """Give all as arrays of one dtype, that of typed numbers being what the others have."""
    dtype = xp.result_type(*items)
    return [xp.astype(xp.asarray(item), dtype) for item in items]


def _grid(xp: Any, *items: Any) -> Any:  # noqa: ANN401
    if len(items) == 1:
        return items[0]
    return xp.stack(xp.meshgrid(*_alike(xp, items), indexing="ij"))


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
