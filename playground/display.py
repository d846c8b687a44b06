"""Whether a window can open at all. Qt ends the process where it can't, so this is asked before Qt is imported."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playground.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_EVERY_WINDOW = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libz.so.1": ("zlib1g", "zlib"),
}
"""Shared libraries that QtGui is linked to: name, then the Debian and the Fedora package that brings it."""

_X11_WINDOW = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
"""What Qt's xcb platform plugin is linked to besides."""


def loads(library: str) -> bool:
    """Whether the dynamic linker finds the shared library ``library`` and all that it needs itself."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def reaches_x_server(display: str) -> bool:
    """Whether the X server ``display`` answers and lets this process in. Needs ``libxcb.so.1``."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(os.fsencode(display), None)
    reached = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return reached


def platform_name(environment: Mapping[str, str], *, system: str = sys.platform) -> str:
    """Name the Qt platform that a window would open on: ``"xcb"``, ``"wayland"``, ``"windows"``, ``"cocoa"``..."""
    asked = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    own = {"win32": "windows", "darwin": "cocoa"}.get(system, "xcb")
    return asked or ("wayland" if own == "xcb" and _wayland_answers(environment, loads) else own)


def problem(
    environment: Mapping[str, str] | None = None,
    *,
    system: str = sys.platform,
    loads: Callable[[str], bool] = loads,
    reaches: Callable[[str], bool] = reaches_x_server,
) -> str | None:
    """One sentence that tells why no window can open and what would mend it; None where nothing stands against it.

    ``QT_QPA_PLATFORM=offscreen`` and the like need no screen, but Qt's libraries all the same. Off Linux there is
    nothing that can be told before Qt tries.
    """
    environment = os.environ if environment is None else environment
    if not system.startswith("linux"):
        return None
    missing = [name for name in _EVERY_WINDOW if not loads(name)]
    platform = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    if missing or (platform and platform != "xcb"):
        return _missing_sentence(missing)
    if not platform and _wayland_answers(environment, loads):
        return None
    return _x11_problem(environment, loads, reaches)


def _x11_problem(
    environment: Mapping[str, str], loads: Callable[[str], bool], reaches: Callable[[str], bool]
) -> str | None:
    display = environment.get("DISPLAY", "")
    if not display:
        return tr(
            "There is no screen to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set. Start this from a "
            "desktop session, connect with 'ssh -X', or put 'xvfb-run' (package xvfb) before the command."
        )
    missing = [name for name in _X11_WINDOW if not loads(name)]
    if missing:
        return _missing_sentence(missing)
    if not reaches(display):
        return tr(
            "The X server DISPLAY={display} doesn't answer or doesn't let this user in. Start this from a desktop "
            "session, or put 'xvfb-run' (package xvfb) before the command.",
            display=display,
        )
    return None


def _wayland_answers(environment: Mapping[str, str], loads: Callable[[str], bool]) -> bool:
    """Whether the compositor's socket is there; ``WAYLAND_DISPLAY`` is a name in the run-time folder or a path."""
    name = environment.get("WAYLAND_DISPLAY", "")
    folder = Path(environment.get("XDG_RUNTIME_DIR", ""))
    return bool(name) and (folder / name).is_socket() and loads("libwayland-client.so.0")


def _missing_sentence(missing: list[str]) -> str | None:
    if not missing:
        return None
    packages = [(_EVERY_WINDOW | _X11_WINDOW)[name] for name in missing]
    return tr(
        "Qt can't open a window without {libraries}. On Debian and Ubuntu: 'apt install {debian}'; on Fedora: "
        "'dnf install {fedora}'.",
        libraries=", ".join(missing),
        debian=" ".join(dict.fromkeys(debian for debian, _ in packages)),
        fedora=" ".join(dict.fromkeys(fedora for _, fedora in packages)),
    )
