"""The engine as its owner calls it: the methods of `EngineCore`, done by a process that may be ended at any time."""

from __future__ import annotations

import itertools
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from playground.compute.device_names import CPU
from playground.compute.outcome import Failure
from playground.engine.call import Call
from playground.engine.death import EngineDied, sentence_for
from playground.engine.frames import FrameError, StreamEndedError
from playground.engine.launch import COMMAND, launch
from playground.engine.messages import MissingArrayError, check_patch
from playground.engine.process import EngineProcess
from playground.engine.protocol import VERSION, ProtocolError, encode, opened
from playground.workspace.memory import budget_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np

    from playground.compute.cpu.threads import Threads
    from playground.compute.outcome import Peak, Race, Steady
    from playground.compute.precision import Comparison
    from playground.engine.messages import Memory, Request, Result
    from playground.explain.why import Why
    from playground.workspace.arrays import Patch

GRACE_S = 0.2
"""How long a cancelled call may take to reach the end of its step before its process is ended."""

_READY_WITHIN_S = 30.0
_ABANDON_PATIENCE_S = 0.01
_UNANSWERED = 0
_SENT_WITH_THE_NEXT = frozenset({"patch"})
"""An edit is followed by a question: both in one write wake the engine once. A drop frees memory and goes at once."""
_ASK_FIRST_BYTES = 8 << 20
"""Arrays from this size on are sent only after the engine said that it has room for them."""


class EngineClient:
    """Owns an engine process. One thread calls it; `cancel` and `abandon` may come from any other.

    Every call raises `EngineDied` where the process ends meanwhile; besides, `MissingArrayError`, `RefusedError`,
    TypeError and ValueError are raised as `EngineCore` raises them.

    Parameters
    ----------
    memory_limit
        Bytes that arrays and a plan together may take on the host; None for 70 % of what is free at each start.
    command
        Program and arguments of the engine.
    """

    def __init__(self, memory_limit: int | None = None, command: Sequence[str] = COMMAND) -> None:
        self.progressed: Callable[[float], object] | None = None  # told how far the running call is
        self._limit = memory_limit
        self._command = command
        self._process: EngineProcess | None = None
        self._gpus: set[str] = set()  # that were used: a new engine needn't look for them
        self._numbers = itertools.count(1)
        self._wanted_generation = 0
        self._call: Call | None = None
        self._arrays: dict[str, tuple[tuple[int, ...], np.dtype]] = {}  # what was put, for checking patches
        self._state = threading.Lock()  # of _process, _call and _wanted_generation
        self._calling = threading.Lock()  # one call at a time
        self._writing = threading.Lock()  # one frame at a time

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether the process runs. From any thread."""
        process = self._process
        return process is not None and process.alive

    @property
    def pid(self) -> int | None:
        """Number of the process, None where there is none."""
        process = self._process
        return None if process is None else process.pid

    def start(self) -> None:
        """Start the process and wait until it is ready; does nothing where it runs already."""
        with self._calling:
            if self.alive:
                return
            self._bury()
            try:
                process = EngineProcess(launch(self._command))
            except OSError as error:
                raise EngineDied("start", details=str(error)) from error
            with self._state:
                self._process = process
            self._arrays.clear()
            self._greet(process)

    def put(self, key: str, array: np.ndarray) -> None:
        """Send ``array``, to be held under ``key``; raises `RefusedError` where there is no room for it."""
        if array.nbytes >= _ASK_FIRST_BYTES:
            self.check_room(array.nbytes)
        self._ask("put", key, array)
        self._arrays[key] = (array.shape, array.dtype)

    def check_room(self, nbytes: int) -> None:
        """Raise `RefusedError` where the engine has no room for an array of ``nbytes``."""
        self._ask("room", nbytes)

    def attach(self, key: str, path: str, dtype: np.dtype, shape: tuple[int, ...]) -> None:
        """Let the engine map the file ``path``, which holds an array's bytes, under ``key``.

        Raises `RefusedError` where there is no room for it, ValueError where the file isn't that array.
        """
        self._ask("attach", key, path, dtype, shape)
        self._arrays[key] = (shape, dtype)

    def patch(self, key: str, new_key: str, patches: Sequence[Patch]) -> None:
        """Write ``patches`` into the array ``key``; it is called ``new_key`` then.

        It is checked here and sent with the next call: between an edit and its result there is one wait.
        """
        if key not in self._arrays:
            raise MissingArrayError(key)
        shape, dtype = self._arrays[key]
        for piece in patches:
            check_patch(shape, dtype, piece)
        self._tell("patch", key, new_key, list(patches))
        del self._arrays[key]
        self._arrays[new_key] = (shape, dtype)

    def drop(self, keys: Iterable[str]) -> None:
        """Forget ``keys``; unknown ones are passed over."""
        keys = list(keys)
        self._tell("drop", keys)
        for key in keys:
            self._arrays.pop(key, None)

    def evaluate(self, request: Request) -> Result | Failure:
        """Evaluate one formula and keep its value under the request's result key."""
        outcome: Result | Failure = self._request("evaluate", request)
        if not isinstance(outcome, Failure):
            self._arrays.pop(request.result_key, None)
            self._gpus |= {request.device} - {CPU}
        return outcome

    def why(self, request: Request) -> Why | Failure:
        """Explain the cell ``request.cell`` of the formula's result."""
        return self._request("why", request)  # type: ignore[no-any-return]

    def measure(self, request: Request) -> Steady | Failure:
        """Run a formula again for its timing alone."""
        return self._request("measure", request)  # type: ignore[no-any-return]

    def peak(self, request: Request, dtype: np.dtype) -> Peak | Failure:
        """Measure what the request's device reaches at best."""
        return self._request("peak", request, dtype)  # type: ignore[no-any-return]

    def race(self, request: Request) -> Race | Failure:
        """Run a formula on every device there is."""
        return self._request("race", request)  # type: ignore[no-any-return]

    def compare(self, request: Request) -> Comparison | Failure:
        """Compute the formula in float64 too, and say what its precision changes."""
        return self._request("compare", request)  # type: ignore[no-any-return]

    def set_threads(self, count: int) -> Threads:
        """Compute with ``count`` threads on the CPU, 0 for as many as there were at first. What is held stays."""
        return self._ask("threads", count)  # type: ignore[no-any-return]

    def set_memory_share(self, share: float) -> Memory:
        """Let arrays and a plan take this part of the host's memory that is free, or taken by arrays already."""
        return self._ask("memory", share)  # type: ignore[no-any-return]

    def window(self, key: str, *place: int) -> np.ndarray:
        """Copy rows ``r0:r1`` and columns ``c0:c1`` (``place``) of the 2-D view of a value, or a range of each axis."""
        cells: np.ndarray = self._ask("window", key, place)
        return cells

    def cancel(self) -> None:
        """End the call that waits: between two steps, or with the process after 200 ms. Returns at once."""
        with self._state:
            call, process = self._call, self._process
            if call is None or process is None or call.enforcer is not None:
                return
            call.enforcer = threading.Thread(target=self._enforce, args=(call, process), name="engine-cancel")
            call.enforcer.start()

    def abandon(self, generation: int | None = None) -> None:
        """End evaluations of requests below ``generation`` between two steps; None means the running one.

        Never ends the process: for an evaluation that is no longer wanted, but does no harm. Returns at once.
        """
        with self._state:
            call, process = self._call, self._process
            if generation is not None:
                self._wanted_generation = max(self._wanted_generation, generation)
                if call is None or call.generation is None or call.generation >= generation:
                    return
        if call is not None and process is not None:
            self._stop(call, process, _ABANDON_PATIENCE_S)

    def make_way(self) -> None:
        """End a measurement that runs, between two steps: somebody waits for something else. Returns at once."""
        with self._state:
            call, process = self._call, self._process
        if call is not None and process is not None and call.gives_way:
            self._stop(call, process, _ABANDON_PATIENCE_S)

    def close(self) -> None:
        """End the process and wait for it. A call that waits in another thread raises `EngineDied`."""
        with self._state:
            if self._call is not None and self._process is not None:
                self._process.kill("closed")
        with self._calling:
            self._bury()

    def _ask(self, operation: str, *arguments: object, generation: int | None = None) -> Any:  # noqa: ANN401
        """Say one thing and wait for what is said to it."""
        with self._calling:
            if generation is not None and generation < self._wanted_generation:
                return Failure("cancelled", sentence_for("cancelled"))
            number = next(self._numbers)
            return opened(self._converse(Call(number, generation, operation), operation, arguments), number)

    def _request(self, operation: str, request: Request, *more: object) -> Any:  # noqa: ANN401
        return self._still_there(self._ask(operation, request, *more, generation=request.generation))

    def _tell(self, operation: str, *arguments: object) -> None:
        """Say one thing that wants no answer; what goes wrong with it is told with the next answer."""
        with self._calling:
            self._converse(Call(_UNANSWERED, None), operation, arguments)

    def _converse(self, call: Call, operation: str, arguments: tuple[object, ...]) -> object:
        """Send a call, and read its answer where it has one, in the sight of `cancel`."""
        process = self._process
        if process is None:
            raise EngineDied("closed")
        arrays: list[np.ndarray] = []
        message = encode((call.number, operation, arguments), arrays)
        with self._state:
            self._call = call
        try:
            later = operation in _SENT_WITH_THE_NEXT
            reply = self._exchange(process, message, arrays, answered=call.number != _UNANSWERED, later=later)
        finally:
            self._settle(call)
        if process.killed_for is not None:  # in the moment in which it answered
            raise self._death(process)
        return reply

    def _exchange(
        self,
        process: EngineProcess,
        message: object,
        arrays: Sequence[np.ndarray],
        *,
        answered: bool = True,
        later: bool = False,
    ) -> object:
        try:
            with self._writing:
                process.outgoing.send(message, arrays, later=later)
            return process.reply(self.progressed) if answered else None
        except (StreamEndedError, OSError) as error:
            raise self._death(process) from error
        except (FrameError, ProtocolError) as error:
            process.kill("protocol")
            raise self._death(process) from error
        except TypeError:
            raise  # an array that holds no numbers; nothing was written
        except BaseException:  # interrupted between question and answer: the pipes are no longer in step
            process.kill("closed")
            raise

    def _settle(self, call: Call) -> None:
        """Take ``call`` from the eyes of `cancel`, and wait for what a cancel has under way."""
        with self._state:
            self._call = None
        call.done.set()
        if call.enforcer is not None:
            call.enforcer.join()

    def _enforce(self, call: Call, process: EngineProcess) -> None:
        """Life of the thread that one cancel starts."""
        deadline = time.monotonic() + GRACE_S
        self._stop(call, process, GRACE_S)
        if not call.done.wait(max(0.0, deadline - time.monotonic())):
            with self._state:
                if self._call is call:
                    process.kill("cancelled")

    def _stop(self, call: Call, process: EngineProcess, patience_s: float) -> None:
        """Tell the engine to end ``call`` between two steps, unless a long frame is on its way just now."""
        if self._writing.acquire(timeout=patience_s):
            try:
                with suppress(OSError, ValueError):  # the process has gone, or its pipe is closed
                    process.outgoing.send(encode((_UNANSWERED, "stop", (call.number,)), []))
            finally:
                self._writing.release()

    def _greet(self, process: EngineProcess) -> None:
        """Exchange versions, and tell the memory limit."""
        overdue = threading.Timer(_READY_WITHIN_S, process.kill, ("start",))
        overdue.start()
        try:
            limit = budget_bytes() if self._limit is None else self._limit
            reply = self._exchange(process, encode((_UNANSWERED, "hello", (VERSION, limit, tuple(self._gpus))), []), [])
        except EngineDied as death:
            if death.reason == "crashed":
                raise EngineDied("start", details=death.details) from death
            raise
        finally:
            overdue.cancel()
            overdue.join()
        match reply:
            case "hello", version, _ if version == VERSION:
                return
        process.kill("version")
        raise self._death(process)

    def _still_there(self, reply: Any) -> Any:  # noqa: ANN401
        """Give ``reply``, unless it says that the process lost its GPU: then only a new process helps."""
        if isinstance(reply, Failure) and reply.kind == "device-lost":
            with self._calling:
                self._bury()
            raise EngineDied("device-lost", reply.message)
        return reply

    def _death(self, process: EngineProcess) -> EngineDied:
        """Put an ended process to rest; gives the exception that says why it ended."""
        self._bury()
        return EngineDied(*process.cause(), process.errors())

    def _bury(self) -> None:
        with self._state:
            process, self._process = self._process, None
        if process is not None and process.killed_for != "cancelled":
            self._gpus.clear()
        if process is not None:
            process.end()
