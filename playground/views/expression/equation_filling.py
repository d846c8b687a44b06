"""Sets the numbers, shapes, frames and remarks of a snapshot into the boxes of an equation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from playground.language.signature import Signature
from playground.session.focus import fit_cell
from playground.translation import tr
from playground.views import theme, thumbnail
from playground.views.expression.boxes import GridBox
from playground.views.expression.equation_parts import Kind, Part
from playground.views.expression.slices import set_sliced, shown_of, slicing_for
from playground.views.expression.thumbnail_box import ThumbnailBox
from playground.views.grid.frames import Highlight
from playground.views.grid.selection import Selection
from playground.views.grid.slice_source import slicing_of
from playground.views.grid.source import SCAN_AT_MOST, ArraySource
from playground.views.result_source import ResultSource
from playground.workspace.arrays import Array
from playground.workspace.workspace import ArrayEntry, ShapeEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from playground.engine.messages import Result
    from playground.language.signature import Shape
    from playground.session.analysis import Meaning
    from playground.session.job import Window
    from playground.session.session import Session
    from playground.session.snapshot import ResultState, Snapshot
    from playground.views.expression.large import LargeSources
    from playground.workspace.slicing import Slicing

Boxes = list[tuple[Part, "QWidget"]]


class Filling:
    """Sets into a box only what it doesn't show already."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._sources: dict[str, ResultSource] = {}
        self._boxes: Boxes = []
        self._result_shape: tuple[int, ...] = ()
        self._result_slicing: Slicing | None = None
        self._moving = False
        self._large: LargeSources | None = None

    def fill(self, boxes: Boxes, snapshot: Snapshot) -> None:
        """Show ``snapshot`` in ``boxes``."""
        self._boxes = boxes
        if snapshot.moving != self._moving:
            self._moving = snapshot.moving
            for _, widget in boxes:
                if isinstance(widget, GridBox):
                    widget.grid.hold_widths(snapshot.moving)
        meaning = snapshot.analysis.meanings.get(snapshot.shown or "")
        for part, widget in boxes:
            if isinstance(widget, ThumbnailBox):
                self._fill_thumbnail(part, widget, snapshot, meaning)
            elif isinstance(widget, GridBox):
                widget.grid.set_number_format(snapshot.formats.get(part.text))
                widget.grid.set_colouring(snapshot.colourings.get(part.text))
                if part.kind is Kind.OPERAND:
                    self._fill_operand(part, widget, snapshot, meaning)
                else:
                    self._fill_result(part, widget, snapshot, meaning)

    def choose_cell(self, row: int, column: int) -> None:
        """A cell of the result's 2-D view was chosen by hand."""
        if self._result_slicing is not None:
            self._session.choose_cell(self._result_slicing.index_of(row, column))
            return
        leading = np.unravel_index(row, self._result_shape[:-1]) if len(self._result_shape) > 1 else ()
        last = (column,) if self._result_shape else ()
        self._session.choose_cell((*(int(k) for k in leading), *last))

    def on_window_arrived(self, window: Window, cells: np.ndarray | None) -> None:
        """Cells of a large result are there."""
        source = self._sources.get(window[0])
        if source is None:
            return
        source.arrived(window, cells)
        for _, widget in self._boxes:
            if isinstance(widget, GridBox) and getattr(widget.grid.source, "whole", widget.grid.source) is source:
                widget.grid.refresh()

    def arrays(self) -> Iterator[tuple[GridBox, Array]]:
        """The boxes that show arrays of the document, and which."""
        for _, widget in self._boxes:
            if isinstance(widget, GridBox) and isinstance(widget.shown, Array):
                yield widget, widget.shown

    @property
    def is_reading(self) -> bool:
        """Whether numbers or limits of large arrays are still on their way."""
        return self._large is not None and self._large.is_busy

    def stop(self) -> None:
        """End what is read beside the window."""
        if self._large is not None:
            self._large.stop()

    def _show_array(self, box: GridBox, array: Array, slicing: Slicing | None) -> None:
        """Show the cells of an array; of a large one as far as they were read."""
        if array.stored is None and array.size <= SCAN_AT_MOST:
            set_sliced(box, ArraySource(array), slicing)
            box.grid.set_limits(None)
            return
        if self._large is None:
            from playground.views.expression.large import LargeSources  # the first picture has none

            self._large = LargeSources(self._session, self)
        set_sliced(box, ArraySource(array) if array.stored is None else self._large.source(array), slicing)
        self._large.show_limits(box, array)

    def grey_results(self, boxes: Boxes) -> None:
        """The answer is long in coming: what stands there isn't true any more."""
        for part, widget in boxes:
            if part.kind in (Kind.RESULT, Kind.STEP) and isinstance(widget, GridBox):
                widget.grid.set_stale(True)

    # -- one box -------------------------------------------------------------------------------------------------

    def _fill_operand(self, part: Part, box: GridBox, snapshot: Snapshot, meaning: Meaning | None) -> None:
        entry = snapshot.workspace.get(part.text)
        axes, clashing = _axes_of(part, meaning)
        if isinstance(entry, ArrayEntry):
            slicing = slicing_for(part.text, entry.array.shape, snapshot)
            if box.takes(entry.array, slicing):
                self._show_array(box, entry.array, slicing)
                box.grid.set_resizable(entry.array.ndim in (1, 2) or (slicing is not None and not slicing.backwards))
            box.grid.set_result(False)
            box.grid.set_read_only("")
            box.show_note(entry.array.stored.problem if entry.array.stored is not None else "")
            box.axis_names = entry.signature.axis_names
            box.show_axes(entry.array.shape, axes, clashing, "")
            box.grid.set_stale(False)
        elif (signature := _shape_only(part.text, snapshot, meaning)) is not None:
            self._show_ghost(box, signature, axes, clashing, fillable=isinstance(entry, ShapeEntry))
        else:
            state = snapshot.results.get(part.text)
            self._show_state(box, state, snapshot, axes, clashing)
            box.grid.set_read_only(
                tr("{name} is computed: choose it in the list to change its formula.", name=part.text)
            )
        box.grid.set_highlights(_highlights(part.text, snapshot, slicing_of(box.grid.source)))

    def _fill_result(self, part: Part, box: GridBox, snapshot: Snapshot, meaning: Meaning | None) -> None:
        is_step = part.kind is Kind.STEP
        state = snapshot.intermediate if is_step else snapshot.results.get(part.text)
        steps = meaning.inference.steps if meaning is not None else ()
        step = next((s for s in reversed(steps) if not is_step or s.source == part.text), None)
        wrong = meaning is not None and meaning.problem is not None
        axes = step.axes if step is not None and not wrong else ()
        signature = step.signature if step is not None and isinstance(step.signature, Signature) else None
        if snapshot.shown in snapshot.analysis.shapes_only and signature is not None:
            self._show_ghost(box, signature, axes, frozenset(), fillable=False)
            return
        expected = signature.shape if signature is not None else None
        self._show_state(box, state, snapshot, axes, frozenset(), expected_shape=expected, wrong=wrong)
        name = part.text
        source = meaning.inference.source if meaning is not None else ""
        box.grid.set_read_only(
            tr("{name} is computed from {source}: it can be copied, not typed into.", name=name, source=source)
        )
        if not is_step:
            self._show_cell(box, snapshot)

    def _show_ghost(
        self, box: GridBox, signature: Signature, axes: tuple[int, ...], clashing: frozenset[int], *, fillable: bool
    ) -> None:
        """The outline of an array without numbers."""
        is_new = box.ghost is None
        ghost = box.show_ghost(signature, axes, clashing, fillable=fillable)
        if is_new:
            from playground.workspace.shape_edits import FillShape  # the first picture has no ghosts

            ghost.fillRequested.connect(lambda content: self._session.edit(FillShape(box.entry, content), select=None))

    def _show_state(
        self,
        box: GridBox,
        state: ResultState | None,
        snapshot: Snapshot,
        axes: tuple[int, ...],
        clashing: frozenset[int],
        *,
        expected_shape: Shape | None = None,
        wrong: bool = False,
    ) -> None:
        """A result, the last good one greyed, or the reason why there is none."""
        box.grid.set_limits(None)
        result = state.result if state is not None else None
        failure = state.failure if state is not None and not wrong else None
        reason = f"{failure.message} {failure.hint}".strip() if failure is not None else ""
        was_ended = failure is not None and failure.kind == "cancelled"  # by the person, who needs no alarm
        box.grid.set_result(True)
        if result is None or not isinstance(result.signature, Signature):
            expected = None if wrong else expected_shape
            box.show_axes(expected, axes, clashing, tr("no result yet") if wrong else "")
            box.show_note(
                reason or tr("Computed when the formula is mended.") if wrong or reason else "",
                has_value=False,
                bad=bool(reason) and not was_ended,
            )
            return
        shape = tuple(size or 0 for size in result.signature.shape)
        slicing = slicing_for(box.entry, shape, snapshot)
        cell = snapshot.cell if box.entry == snapshot.shown else None
        if slicing is not None and cell is not None and len(cell) == len(shape) and 0 not in shape:
            slicing = slicing.containing(fit_cell(cell, result.signature) or cell)
        if box.takes(result, slicing):
            set_sliced(box, self._source_of(result), slicing)
        assert state is not None
        stale = not state.current and (wrong or failure is not None)
        if stale or state.current:
            box.grid.set_stale(stale)
        box.show_axes(shape, () if stale else axes, clashing, tr("last good result") if stale else "")
        box.show_note(reason, bad=not was_ended)

    def _show_cell(self, box: GridBox, snapshot: Snapshot) -> None:
        slicing = self._result_slicing = slicing_of(box.grid.source)
        shape = box.grid.source.shape if slicing is None else slicing.shape
        self._result_shape = shape
        cell = snapshot.cell
        if cell is None or len(cell) != len(shape) or 0 in shape:
            return
        shown = None if slicing is None else slicing.cell_of(cell)
        row = int(np.ravel_multi_index(cell[:-1], shape[:-1], mode="clip")) if len(shape) > 1 else 0
        row, column = shown or (row, cell[-1] if cell else 0)
        if (box.grid.selection.row, box.grid.selection.column) != (row, column):
            box.grid.select(Selection.at(row, column), chosen=False, reveal=box.is_placed)

    def _fill_thumbnail(self, part: Part, box: ThumbnailBox, snapshot: Snapshot, meaning: Meaning | None) -> None:
        axes, clashing = _axes_of(part, meaning)
        entry = snapshot.workspace.get(part.text)
        if isinstance(entry, ArrayEntry):
            box.show_cells(thumbnail.sampled(entry.array), entry.array.shape, axes, clashing)
            return
        signature = _shape_only(part.text, snapshot, meaning)
        if signature is not None:
            box.show_cells(None, signature.shape, axes, clashing)
            return
        state = snapshot.intermediate if part.kind is Kind.STEP else snapshot.results.get(part.text)
        result = state.result if state is not None else None
        if result is None or result.summary is None or not isinstance(result.signature, Signature):
            box.show_cells(np.zeros((0, 0)), (), ())
        else:
            box.show_cells(thumbnail.of_summary(result.summary), result.signature.shape, axes, clashing)

    def _source_of(self, result: Result) -> ResultSource:
        if result.value is None:
            source = self._sources.get(result.key)
            if source is None:
                source = ResultSource(result, self._session.request_window)
                self._sources = {result.key: source, **dict(list(self._sources.items())[:7])}
            return source
        return ResultSource(result, self._session.request_window)


def _shape_only(name: str, snapshot: Snapshot, meaning: Meaning | None) -> Signature | None:
    """Signature of an operand that has no numbers: an entry's, or of a shape that stands in the text itself."""
    if name in snapshot.analysis.shapes_only:
        return snapshot.analysis.signatures.get(name)
    return meaning.inference.shapes.get(name) if meaning is not None else None


def _axes_of(part: Part, meaning: Meaning | None) -> tuple[tuple[int, ...], frozenset[int]]:
    """Class numbers of an operand's axes in the shown formula, and which of its axes clash."""
    if meaning is None:
        return (), frozenset()
    axes = meaning.inference.operand_axes.get(part.text, ())
    if meaning.problem is None:
        return axes, frozenset()
    clashing = _clashing_classes(part, meaning)
    return axes, frozenset(axis for axis, number in enumerate(axes) if number in clashing)


def _clashing_classes(part: Part, meaning: Meaning) -> set[int]:
    """Class numbers of the axes that clash in what ``part`` stands in: ``B`` is marked for ``B.T`` too."""
    found = set()
    for span, axis in meaning.inference.clash:
        if part.span is None or not span.start <= part.span.start <= part.span.end <= span.end:
            continue
        step = next((s for s in meaning.inference.steps if s.span == span), None)
        if step is not None and axis < len(step.axes):
            found.add(step.axes[axis])
    return found


def _highlights(name: str, snapshot: Snapshot, slicing: Slicing | None) -> tuple[Highlight, ...]:
    """Frames of the cells that the chosen result cell is made of."""
    why = snapshot.why
    meaning = snapshot.analysis.meanings.get(snapshot.shown or "")
    if why is None or meaning is None or meaning.problem is not None:
        return ()
    colours = theme.current()
    lights = []
    for region in why.operands:
        if region.name == name and region.rows is not None and region.columns is not None:
            colour = colours.vector_u if region.role == "left" else colours.vector_v
            area = math.prod((region.rows[1] - region.rows[0], region.columns[1] - region.columns[0]))
            shown = shown_of(slicing, region.rows, region.columns)
            if area <= 4096 and shown is not None:
                lights.append(Highlight(*shown, colour))
    return tuple(lights)
