"""What is typed in another library's words is entered in NumPy's, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.session.drafts import commit, type_text

if TYPE_CHECKING:
    from playground.session.session import Session


def enter(session: Session, text: str) -> bool:
    """Type a text and press Enter."""
    type_text(session, text)
    return commit(session, text)


def test_words_of_other_libraries_are_entered_as_numpys_and_that_is_said(session: Session) -> None:
    type_text(session, "F.softmax(A.view(2, 3), dim=-1)")
    draft = session.snapshot.draft
    assert draft is not None
    assert draft.text == "F.softmax(A.view(2, 3), dim=-1)"  # nothing changes under the hands that type
    assert draft.meaning.problem is None
    assert commit(session, draft.text)
    assert session.snapshot.workspace.formulas["C"] == "softmax(A.reshape(2, 3), axis=-1)"
    assert session.snapshot.notice is not None
    assert "softmax(A.reshape(2, 3), axis=-1)" in session.snapshot.notice.text


def test_a_new_entry_of_such_words_is_numpys_too(session: Session) -> None:
    assert enter(session, "y = A.unsqueeze(0)")
    assert session.snapshot.workspace.formulas["y"] == "expand_dims(A, 0)"
    assert enter(session, "A @ B")
    assert session.snapshot.notice is None
