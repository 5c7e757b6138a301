"""What follows from the documents: the features' own rows, the index of words.

It is written in the transaction of each publish. After an upgrade that derives something else,
``bring_up_to_date()`` writes it for every document that is stored already.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from showcase.db import db, write
from showcase.documents.kinds import Kind, acts_after_storing, kind_called, kinds
from showcase.documents.models import Document, SiteMark

# To be raised when a feature's rows, or the words of the index, come to be made in another way.
EDITION: Final = 1
_MARK: Final = "derived"
_AT_ONCE: Final = 500


def derive(
    session: Session, mains: Sequence[tuple[Document, Any]], documents: Sequence[Document]
) -> None:
    """Write what follows from documents that were just stored.

    Args:
        mains: Those whose data is new, with it.
        documents: All that say something new, be it in a translation only.
    """
    session.flush()
    for kind in kinds():
        of_kind = [(document, fields) for document, fields in mains if document.kind == kind.name]
        if of_kind:
            kind.project(session, of_kind)
    for act in acts_after_storing():
        act(session, documents)


def is_up_to_date() -> bool:
    return _edition_of(db.session()) == EDITION


def bring_up_to_date() -> int:
    """Derive anew from all documents, if what is there was derived by an earlier edition.

    Returns:
        How many documents that were.
    """
    if is_up_to_date():
        return 0
    count = 0
    with write() as session:
        documents = iter(session.scalars(sa.select(Document).order_by(Document.id)).all())
        while batch := list(islice(documents, _AT_ONCE)):
            derive(session, [*_mains(batch)], batch)
            count += len(batch)
        session.merge(SiteMark(name=_MARK, value=EDITION))
        session.execute(
            sa.update(SiteMark).where(SiteMark.name == "site").values(value=SiteMark.value + 1)
        )
    return count


def _edition_of(session: Session) -> int | None:
    return session.scalar(sa.select(SiteMark.value).where(SiteMark.name == _MARK))


def _mains(documents: Iterable[Document]) -> Iterator[tuple[Document, Any]]:
    for document in documents:
        yield document, _fields(kind_called(document.kind), document.fields)


def _fields(kind: Kind, stored: Any) -> Any:
    if kind.is_table:
        return [kind.main.model_validate(row) for row in stored]
    return kind.main.model_validate(stored)
