"""Statements that are compiled once, for the queries that every request runs.

Each time SQLAlchemy runs a statement, it derives a cache key, looks up the SQL under the key, and wraps the result in
several layers. For a small statement, this takes about four times as long as the database does. A `Prepared` keeps the
SQL and the value converters, and calls the driver directly. It runs in the transaction of its connection, and returns
the rows and errors of SQLAlchemy. If the engine has event listeners for statements, SQLAlchemy runs the statement, so
that the listeners are called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NoReturn

from sqlalchemy import Connection, Dialect, Row, Table, bindparam, update
from sqlalchemy.engine.result import SimpleResultMetaData

ID = "id_of_row"
"""The parameter of `update_of` with the id of the row to change."""


class Prepared:
    """A statement whose SQL does not depend on the values of its parameters."""

    def __init__(self, statement: Any, *, columns: Sequence[str] | None = None) -> None:
        """Prepare a statement.

        Args:
            statement: The SQLAlchemy statement.
            columns: The columns that an `insert` or `update` sets (default for an `insert`: all).
        """
        self.statement = statement
        if columns is None and getattr(statement, "is_insert", False):
            columns = statement.table.columns.keys()
        self._columns = columns
        self._forms: dict[str, _Form] = {}

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Row[Any] | None:
        """Return the first row. None if there are no rows."""
        if _is_heard(connection):
            found: Row[Any] | None = connection.execute(self.statement, values).first()
            return found
        form = self._form(connection.dialect)
        rows = _execute(connection, form.sql, form.parameters(values), form, most=1)
        return rows[0] if rows else None

    def all(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return all rows."""
        if _is_heard(connection):
            return connection.execute(self.statement, values).all()
        form = self._form(connection.dialect)
        return _execute(connection, form.sql, form.parameters(values), form)

    def run(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Run the statement without reading any rows."""
        if _is_heard(connection):
            connection.execute(self.statement, values)
        else:
            form = self._form(connection.dialect)
            _execute(connection, form.sql, form.parameters(values))

    def _form(self, dialect: Dialect) -> _Form:
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = _Form(self.statement, self._columns, dialect)
        return form


@cache
def update_of(table: Table, columns: frozenset[str]) -> Prepared:
    """Return a statement that sets some columns of the row with the id `ID`."""
    return Prepared(update(table).where(table.c.id == bindparam(ID)), columns=sorted(columns))


def run_sql(connection: Connection, sql: str) -> None:
    """Run a statement without parameters, such as `BEGIN`."""
    if _is_heard(connection):
        connection.exec_driver_sql(sql)
    else:
        _execute(connection, sql, ())


class _Form:
    """A statement compiled for one kind of database."""

    def __init__(self, statement: Any, columns: Sequence[str] | None, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        assert "POSTCOMPILE" not in compiled.string, f"the SQL depends on the values: {compiled.string}"
        self.sql: str = compiled.string
        self._dialect = dialect
        self._names: Sequence[str] | None = compiled.positiontup
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        found = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
        self._converts = [(name, convert) for name, convert in found.items() if convert is not None]
        self._selected = list(statement.selected_columns) if getattr(statement, "is_select", False) else []
        self._meta: Any = None

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """Return the parameters for the driver."""
        found = {**self._fixed, **values}
        for name, convert in self._converts:
            found[name] = convert(found[name])
        return found if self._names is None else [found[name] for name in self._names]

    def rows(self, cursor: Any, most: int | None) -> list[Row[Any]]:
        """Return the rows of a cursor, as SQLAlchemy would return them."""
        found = cursor.fetchall() if most is None else cursor.fetchmany(most)
        if not found:
            return []
        meta = self._meta
        if meta is None:
            meta = self._meta = self._metadata(cursor)
        return [Row(meta, meta._processors, meta._key_to_index, data) for data in found]

    def _metadata(self, cursor: Any) -> SimpleResultMetaData:
        names = [column.key for column in self._selected]
        assert len(set(names)) == len(names) == len(cursor.description), names
        converts = [
            column.type.dialect_impl(self._dialect).result_processor(self._dialect, described[1])
            for column, described in zip(self._selected, cursor.description, strict=True)
        ]
        return SimpleResultMetaData(names, _processors=converts)


def _is_heard(connection: Connection) -> bool:
    if not connection.engine._has_events:
        return False
    listeners = connection.dispatch
    return bool(listeners.before_cursor_execute or listeners.after_cursor_execute)


def _execute(
    connection: Connection, sql: str, parameters: Any, form: _Form | None = None, most: int | None = None
) -> list[Row[Any]]:
    if not connection.in_transaction():
        connection.begin()
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, parameters)
        return [] if form is None else form.rows(cursor, most)
    except BaseException as error:
        _refuse(connection, error, sql, cursor)
    finally:
        cursor.close()


def _refuse(connection: Connection, error: BaseException, sql: str, cursor: Any) -> NoReturn:
    """Raise an error of the driver as SQLAlchemy does, which also discards a lost connection."""
    connection._handle_dbapi_exception(error, sql, None, cursor, None)
