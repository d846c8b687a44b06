"""`Record`, the base of every value that travels between the stages: frozen, slotted, compared by its fields.

The program makes over a hundred such classes while a person waits for the first window. ``dataclasses`` compiles five
methods for each of them, half a millisecond a class; here only ``__init__`` is compiled, once so many records of a
class have been made that it pays, and the others are shared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_COMPILE_AT = 16
"""Which record of a class is the first for which ``__init__`` is compiled: 150 µs against a few for each before."""


class _Factory:
    """A default that is made anew for each record."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], T]) -> T:
    """Default of a field that every record needs one of its own of."""
    return _Factory(default_factory)  # type: ignore[return-value]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class _RecordType(type):
    """Turns the annotations of a class into slots and an ``__init__``.

    ``class X(Record, eq=False)`` is compared by identity: for what holds arrays or is too large to compare.
    """

    _fields: tuple[str, ...]
    _defaults: dict[str, Any]

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], *, eq: bool = True) -> _RecordType:
        own = tuple(namespace.get("__annotations__", ()))
        defaults = {field: namespace.pop(field) for field in own if field in namespace}
        namespace["__slots__"] = own
        for base in bases:
            if isinstance(base, _RecordType):
                own, defaults = base._fields + own, base._defaults | defaults
        namespace |= {"_fields": own, "_defaults": defaults, "__match_args__": own}
        if not eq:
            namespace |= {"__eq__": object.__eq__, "__hash__": object.__hash__}
        made = super().__new__(mcs, name, bases, namespace)
        type.__setattr__(made, "__init__", _first_initializer(made, own, defaults))
        return made


def _first_initializer(made: type, fields: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """An ``__init__`` that needs no compiling; used often, or wrongly, it gives its place to the compiled one."""
    required, known = set(fields) - defaults.keys(), set(fields)
    made_before = 0

    def __init__(self: Record, *values: object, **named: object) -> None:  # noqa: N807 - it becomes the class's own
        nonlocal made_before
        made_before += 1
        given = dict(zip(fields, values, strict=False)) | named
        is_right = len(given) == len(values) + len(named) and required <= given.keys() <= known
        if made_before >= _COMPILE_AT or not is_right:  # the compiled one says what is wrong
            compiled = _initializer(made, fields, defaults)
            type.__setattr__(made, "__init__", compiled)
            compiled(self, *values, **named)
            return
        for name in fields:
            value = given[name] if name in given else defaults[name]
            getattr(made, name).__set__(self, value.make() if isinstance(value, _Factory) else value)
        if hasattr(made, "__post_init__"):
            made.__post_init__(self)

    return __init__


def _initializer(made: type, fields: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """Compile ``__init__``: each field is set through its slot, which the frozen ``__setattr__`` doesn't guard."""
    known: dict[str, Any] = {}
    parameters, lines = [], []
    for name in fields:
        known[f"set_{name}"] = getattr(made, name).__set__
        value = name
        if name not in defaults:
            parameters.append(name)
        else:
            known[f"default_{name}"] = default = defaults[name]
            parameters.append(f"{name}=default_{name}")
            if isinstance(default, _Factory):
                known[f"make_{name}"] = default.make
                value = f"make_{name}() if {name} is default_{name} else {name}"
        lines.append(f" set_{name}(self, {value})")
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec(f"def __init__(self, {', '.join(parameters)}):\n" + "\n".join(lines or [" pass"]), known)
    initializer: Callable[..., None] = known["__init__"]
    return initializer


class Record(metaclass=_RecordType):
    """A value whose annotations are its fields. Two of one class are equal where all their fields are."""

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in type(self)._fields)
        return f"{type(self).__qualname__}({fields})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__qualname__} is frozen: {name} can't be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__qualname__} is frozen: {name} can't be deleted")


def _values(record: Record) -> tuple[object, ...]:
    return tuple([getattr(record, name) for name in type(record)._fields])


R = TypeVar("R", bound=Record)


def replace(record: R, **changes: object) -> R:
    """Give a copy of ``record`` with some fields changed. Raises TypeError for a name that is no field."""
    values = [
        changes.pop(name) if name in changes else getattr(record, name) for name in type(record)._fields
    ]  # fmt: skip
    if changes:
        raise TypeError(f"{type(record).__qualname__} has no field {next(iter(changes))}")
    return type(record)(*values)


def fields(record: type[Record]) -> tuple[str, ...]:
    """Names of the fields of a class of records, in order."""
    return record._fields
