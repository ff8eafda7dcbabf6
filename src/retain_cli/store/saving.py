"""Facts into rows: checked by their model, written on the transaction that is open."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel

from retain_cli.model.tables import metadata


def save(connection: sqlite3.Connection, facts: Sequence[SQLModel]) -> None:
    """Insert the facts in order, each with its new id set; ValueError (pydantic's) where a check fails.

    `table=True` alone checks nothing, so every fact is validated here first.
    """
    for fact in facts:
        type(fact).model_validate(fact.model_dump(warnings=False))
    with on_connection(connection) as sqlalchemy_connection:
        session = Session(sqlalchemy_connection, join_transaction_mode="control_fully", expire_on_commit=False)
        for fact in facts:
            session.add(fact)
            session.flush()
        session.expunge_all()


@contextmanager
def on_connection(connection: sqlite3.Connection) -> Iterator[Connection]:
    """SQLAlchemy on a connection that is already open, without beginning or ending its transaction."""
    # Every table has to be known before a link between two of them can be.
    metadata()
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: connection,
        poolclass=StaticPool,
        hide_parameters=True,
        pool_reset_on_return=None,
    )
    # The transaction belongs to the store, which began it; the dialect must neither commit nor roll it back.
    for step in ("do_begin", "do_commit", "do_rollback"):
        setattr(engine.dialect, step, lambda _connection: None)
    try:
        yield engine.connect()
    except DBAPIError as problem:
        # A full disk is the same whichever way it was met: the store explains what the driver says.
        if isinstance(problem.orig, sqlite3.Error):
            raise problem.orig from problem
        raise
