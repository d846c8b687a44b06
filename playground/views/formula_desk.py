"""The formula bar, the shape ribbon and the problem bar working together on one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from playground.language.foreign.clue import numpy_words
from playground.language.parse import parse
from playground.session.analysis import meaning_of
from playground.session.drafts import commit, revert, stored_text, type_text
from playground.translation import tr
from playground.views.announce import announce
from playground.workspace.edits import SetFormula, ToFormula
from playground.workspace.workspace import ArrayEntry, FormulaEntry, ShapeEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.language.problems import Problem, Repair, Span
    from playground.session.analysis import Meaning
    from playground.session.session import Session
    from playground.session.snapshot import Snapshot
    from playground.views.expression.equation import EquationView
    from playground.views.expression.formula_bar import FormulaBar
    from playground.views.expression.problem_bar import ProblemBar
    from playground.views.expression.ribbon import ShapeRibbon

_ANSWERS = ("file", "grid", "copy", "edit")
"""Notices that answer what a person has just done: they are said whatever else is wrong."""


class FormulaDesk(QObject):
    """Shows the text of the chosen entry, its shapes and its problem, and brings typing and repairs to the session."""

    def __init__(
        self, session: Session, bar: FormulaBar, ribbon: ShapeRibbon, problems: ProblemBar, equation: EquationView
    ) -> None:
        super().__init__(bar)
        self._session, self._bar, self._ribbon, self._problems = session, bar, ribbon, problems
        self._equation = equation
        self._lit: Span | None = None
        self._place: Callable[[Span], Span] | None = None
        self._kept: dict[str, str] = {}
        bar.textTyped.connect(lambda text: type_text(session, text))
        bar.textEntered.connect(self._on_entered)
        bar.textReverted.connect(self._on_reverted)
        bar.edit.cursorPositionChanged.connect(self._on_caret_moved)
        ribbon.stepHovered.connect(self._on_step_hovered)
        ribbon.stepChosen.connect(self._on_step_chosen)
        problems.repairChosen.connect(self._on_repair_chosen)
        problems.repairPreviewed.connect(self._on_repair_previewed)
        problems.problemShown.connect(self._on_problem_shown)

    def show_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Update what differs between two snapshots."""
        self._bar.edit.set_names(new.workspace.names)
        if new.draft is None:
            self._show_entry(new)
        changed = (new.selected, new.shown) != (old.selected, old.shown) or not _same(new.meaning, old.meaning)
        if changed:
            self._show_meaning(new)
        if changed or new.notice is not old.notice:
            self._show_remark(new)
        if new.notice is not None and new.notice is not old.notice:
            announce(self._problems, new.notice.text)
        if new.selected != old.selected:
            self._keep_draft(old, new)

    def show_all(self, snapshot: Snapshot) -> None:
        """Show a snapshot from nothing."""
        self._bar.edit.set_names(snapshot.workspace.names)
        self._show_entry(snapshot)
        self._show_meaning(snapshot)
        self._show_remark(snapshot)

    def _show_entry(self, snapshot: Snapshot) -> None:
        entry = snapshot.workspace.get(snapshot.selected or "")
        text = stored_text(snapshot.workspace, snapshot.selected)
        is_shape = isinstance(entry, ShapeEntry)
        self._bar.show_entry(snapshot.selected, text, _placeholder(snapshot), is_shape=is_shape)

    def _show_meaning(self, snapshot: Snapshot) -> None:
        meaning = snapshot.meaning
        problem = meaning.problem if meaning is not None else None
        typing = snapshot.draft is not None
        quiet = typing and problem is not None and problem.unfinished
        shown, self._place = _in_numpy(snapshot)
        at_end = typing and self._bar.edit.cursorPosition() == len(self._bar.edit.text())
        self._ribbon.show_meaning(_ribbon_name(snapshot), shown, quiet=quiet, typing_at_end=at_end)
        self._problems.show_problem(problem, at_once=not typing, written=_text_of(meaning))
        self._lit = None  # it was a place in the text before
        self._equation.light(None)
        self._mark(problem)

    def _show_remark(self, snapshot: Snapshot) -> None:
        """Where nothing is wrong, the problem bar's place holds a notice, or a trap that the formula runs into."""
        if snapshot.notice is not None:
            key = snapshot.notice.key
            beside = key in _ANSWERS or (key == "paste" and snapshot.draft is None)
            self._problems.show_hint(snapshot.notice.text, beside_problem=beside)
            return
        meaning = snapshot.meaning
        warnings = meaning.inference.warnings if meaning is not None else ()
        if warnings:
            self._problems.show_trap(warnings[0], written=_text_of(meaning))
        else:
            self._problems.show_hint("")

    def _keep_draft(self, old: Snapshot, new: Snapshot) -> None:
        """Choosing another entry doesn't lose what was typed for this one: it is there again when its entry is."""
        if old.draft is not None and old.selected in new.workspace.names:
            self._kept[old.selected] = old.draft.text
        text = self._kept.pop(new.selected or "", None)
        if text is not None and new.draft is None:
            self._bar.show_draft(text)
            type_text(self._session, text)

    def _mark(self, problem: Problem | None) -> None:
        """Draw the wave where the text in the bar is the one that the problem is about."""
        snapshot = self._session.snapshot
        about_bar = snapshot.draft is not None or snapshot.selected == snapshot.shown
        wrong = problem.span if problem is not None and about_bar and self._problems.problem is problem else None
        self._bar.mark(wrong, self._lit if about_bar else None)

    def _on_problem_shown(self, problem: Problem | None) -> None:
        self._mark(problem)
        if problem is not None:
            announce(self._problems, problem.message)

    def _on_entered(self, text: str) -> None:
        commit(self._session, text)
        meaning = self._session.snapshot.meaning
        problem = meaning.problem if meaning is not None else None
        self._problems.show_problem(problem, at_once=True, written=_text_of(meaning))
        self._show_remark(self._session.snapshot)

    def _on_reverted(self) -> None:
        if self._session.snapshot.draft is None and self._session.snapshot.computing:
            self._session.cancel()
        revert(self._session)
        self._show_entry(self._session.snapshot)

    def _on_step_hovered(self, span: Span | None) -> None:
        self._lit = span if span is None or self._place is None else self._place(span)
        meaning = self._session.snapshot.meaning
        self._mark(meaning.problem if meaning is not None else None)
        self._equation.light(span if self._session.snapshot.draft is None else None)

    def _on_caret_moved(self, _old: int, place: int) -> None:
        """What the caret stands in is lit in the ribbon and in the equation; at the end of the text that is nothing."""
        edit, snapshot = self._bar.edit, self._session.snapshot
        is_whole = snapshot.meaning is not None and snapshot.meaning.inference.source == edit.text()
        inside = edit.hasFocus() and is_whole and self._place is None and place < len(edit.text())
        span = self._ribbon.span_at(place if inside else -1)
        self._equation.light(span if snapshot.draft is None else None)

    def _on_step_chosen(self, span: Span) -> None:
        snapshot = self._session.snapshot
        meaning = snapshot.analysis.meanings.get(snapshot.shown or "")
        if meaning is None or meaning.inference.tree is None or snapshot.draft is not None:
            return
        source = meaning.inference.source[span.start : span.end]
        whole = span == meaning.inference.tree.span
        is_name = any(source == name for name in snapshot.workspace.names)
        self._session.unfold(None if whole or is_name or source == snapshot.unfolded else source)

    def _on_repair_chosen(self, repair: Repair) -> None:
        snapshot = self._session.snapshot
        if snapshot.draft is not None:
            commit(self._session, _with_target(snapshot, repair.source))
            return
        from playground.session.size_repairs import SizeRepair  # the first window has no repairs

        if isinstance(repair, SizeRepair):
            from playground.views.line_wishes import mend_sizes

            mend_sizes(self._session, repair)
            return
        entry = snapshot.workspace.get(snapshot.shown or "")
        if isinstance(entry, FormulaEntry):
            self._session.edit(SetFormula(entry.name, repair.source))
        elif entry is not None:
            self._session.edit(ToFormula(entry.name, repair.source))

    def _on_repair_previewed(self, repair: Repair | None) -> None:
        snapshot = self._session.snapshot
        self._ribbon.show_meaning(_ribbon_name(snapshot), _mended(snapshot, repair))


def _mended(snapshot: Snapshot, repair: Repair | None) -> Meaning | None:
    """What the text means with a repair; what it means as it is without one."""
    meaning, signatures = snapshot.meaning, snapshot.analysis.signatures
    if repair is None:
        return meaning
    from playground.session.size_repairs import SizeRepair

    if isinstance(repair, SizeRepair) and meaning is not None:
        resized = {new.name: new.signature for new in repair.resized}
        return meaning_of(meaning.inference.source, {**signatures, **resized})
    return meaning_of(repair.source, signatures)


def _same(one: Meaning | None, other: Meaning | None) -> bool:
    """Whether both say the same; an edit that changes only numbers leaves the inference that it found."""
    if one is None or other is None:
        return one is other
    return one.inference is other.inference and one.problem == other.problem


def _text_of(meaning: Meaning | None) -> str:
    return "" if meaning is None else meaning.inference.source


def _in_numpy(snapshot: Snapshot) -> tuple[Meaning | None, Callable[[Span], Span] | None]:
    """What the ribbon shows of a text in another library's words: that in NumPy's, and where its places were typed."""
    meaning = snapshot.meaning
    foreign = None if meaning is None else numpy_words(meaning.inference.source)
    if foreign is None:
        return meaning, None
    return meaning_of(foreign.numpy, snapshot.analysis.signatures), foreign.place


def _ribbon_name(snapshot: Snapshot) -> str:
    if snapshot.draft is not None:
        return snapshot.draft.target or snapshot.selected or tr("result")
    return snapshot.shown or ""


def _with_target(snapshot: Snapshot, source: str) -> str:
    """A repaired draft of ``D = …`` stays one; a repair may bring a name of its own."""
    target = snapshot.draft.target if snapshot.draft is not None else None
    return source if target is None or parse(source).target is not None else f"{target} = {source}"


def _placeholder(snapshot: Snapshot) -> str:
    entry = snapshot.workspace.get(snapshot.selected) if snapshot.selected else None
    if isinstance(entry, ArrayEntry):
        shape = "×".join(map(str, entry.array.shape))
        return tr("{shape} numbers: edit them in the grid, or type a formula that replaces them", shape=shape)
    return tr("Type a formula, for example A @ B, or D = A.T for a new entry")
