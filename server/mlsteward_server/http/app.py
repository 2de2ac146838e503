"""The WSGI application: the router, and problems for errors outside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import falcon

from mlsteward_server import spec as spec_module
from mlsteward_server.http import invitation_page, reference
from mlsteward_server.http.answers import PROBLEM, problem_answer
from mlsteward_server.http.failures import problem_of
from mlsteward_server.http.router import Router
from mlsteward_server.http.versions import RequestId, newer_client
from mlsteward_server.problems import Problem, quote
from mlsteward_server.settings import Settings
from mlsteward_server.storage.engine import Storage
from mlsteward_server.storage.ids import new_id


def create_app(
    storage: Storage, settings: Settings | None = None, *, on_accepted: Callable[[], None] | None = None
) -> falcon.App[Any, Any]:
    """Return the application for an open database.

    Outside `/api/v1`, it has only pages for people: `/docs`, and the one that an invitation link opens. Other roots are
    reserved for other wire formats.

    Args:
        on_accepted: Called after each request that adds a job, so that a runner can start.
    """
    spec = spec_module.load()
    router = Router(spec, storage, settings or Settings(), on_accepted)
    app: falcon.App[Any, Any] = falcon.App(middleware=[RequestId(spec.version)])
    app.req_options.strip_url_path_trailing_slash = False
    app.req_options.keep_blank_qs_values = True
    app.req_options.auto_parse_qs_csv = False
    app.resp_options.default_media_type = PROBLEM
    router.attach(app)
    reference.attach(app, spec.base_path)
    invitation_page.attach(app, router)

    def write(problem: Problem, request: falcon.Request, response: falcon.Response) -> None:
        # A request that failed before the middleware ran has no id yet.
        request_id = getattr(request.context, "id", None) or new_id()
        answer = problem_answer(problem, spec, request_id)
        assert isinstance(answer.body, bytes)
        response.status = answer.status
        response.data = answer.body
        response.content_type = answer.media_type
        response.set_headers(dict(answer.headers))

    def on_problem(
        request: falcon.Request, response: falcon.Response, problem: Problem, params: dict[str, Any]
    ) -> None:
        write(problem, request, response)

    def on_http_error(
        request: falcon.Request, response: falcon.Response, error: falcon.HTTPError, params: dict[str, Any]
    ) -> None:
        problem = _from_falcon(error, request)
        if error.status_code in (404, 405):
            problem.hint = newer_client(request, spec.version) or problem.hint
        if error.status_code == 405:
            problem.headers.update(error.headers or {})
        write(problem, request, response)

    def on_failure(
        request: falcon.Request, response: falcon.Response, error: Exception, params: dict[str, Any]
    ) -> None:
        write(problem_of(error, getattr(request.context, "id", "?")), request, response)

    app.add_error_handler(Exception, on_failure)
    app.add_error_handler(falcon.HTTPError, on_http_error)
    app.add_error_handler(Problem, on_problem)
    return app


def _from_falcon(error: falcon.HTTPError, request: falcon.Request) -> Problem:
    if error.status_code == 404:
        return Problem(
            "route_not_found",
            f"There is no operation at {quote(request.path)}.",
            "Check the path. A name in a path cannot contain '/'.",
        )
    if error.status_code == 405:
        return Problem(
            "method_not_allowed",
            f"{quote(request.path)} does not support {request.method}.",
            "Use one of the methods in the Allow header.",
        )
    return Problem("malformed_request", str(error.description or error.title), "Correct the request.")
