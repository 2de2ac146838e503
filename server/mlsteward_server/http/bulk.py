"""Carry out one operation as a part of another: the rows of a bulk operation.

A row is refused for the same reasons as a request of its own, because the same code decides. The caller is
authenticated for each row, because an earlier row can have taken away what the caller was allowed to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlsteward_server.authorize import authorize
from mlsteward_server.context import Context
from mlsteward_server.http.route import Route
from mlsteward_server.trail import audit


class Singles:
    """The requests that the rows of a bulk operation stand for.

    Args:
        routes: Every operation.
        route: The bulk operation.
        context: Its request, in its transaction. Its lock must cover what the rows change.
        environ: The WSGI environ of the request.
    """

    def __init__(self, routes: Mapping[str, Route], route: Route, context: Context, environ: Mapping[str, Any]) -> None:
        self._routes = routes
        self._route = route
        self._context = context
        self._environ = environ

    def check(self, row: Mapping[str, Any]) -> None:
        """Check a row against the spec."""
        self._route.validator.row(row)

    def carry_out(self, operation_id: str, path: Mapping[str, str], body: object = None) -> Any:
        """Carry out another operation, as if the caller had requested it."""
        route, context = self._routes[operation_id], self._context
        route.validator.path(path)
        caller = route.authenticate(context.connection, self._environ, context.now)
        route.check_scope(caller)
        assert caller is not None
        row = context.acting_as(caller, route.references(path))
        row.events, row.unneeded = context.events, context.unneeded
        authorize(route.operation, row, {}, body)
        result = route.run(row, path, {}, body)
        audit.record(route.operation, row, result)
        return result
