"""The page that an invitation link opens in a browser.

Reading it changes nothing, because mail scanners open links too. Its form calls the operation `accept_invitation`
through the router, as every client does, so the rules, the locks and the audit event are the same. The page works
without JavaScript and cookies.

The token is in the link and in the form, and not in the address of the answer. A form has a random value, which becomes
the `Idempotency-Key`: who clicks twice gets the same answer twice, and not an account without a key.
"""

from __future__ import annotations

import base64
import hashlib
import io
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from html import escape
from importlib import resources
from string import Template
from typing import Any
from urllib.parse import urlencode, urlsplit

import falcon
import orjson

from mlsteward_server.domains.workspaces.invitations import Offer, read_offer
from mlsteward_server.http import bodies
from mlsteward_server.http.failures import problem_of
from mlsteward_server.http.observed import OBSERVED
from mlsteward_server.http.router import Router
from mlsteward_server.problems import Problem
from mlsteward_server.spec import JSON
from mlsteward_server.storage.ids import looks_like_id

PAGE = "/invitations/{invitation}/accept"
OPERATION = "accept_invitation"
MOST_BYTES = 8 * 1024
"""Maximum size of the form, in bytes."""
FORM_BYTES = 18
"""Number of random bytes that identify a form."""
LONGEST_USERNAME = 128
OWN_SITES = ("same-origin", "none")
"""What browsers send as `Sec-Fetch-Site` if the form stands on this page."""
CLOSED = frozenset({"invitation_not_found", "invitation_token_invalid", "invitation_not_pending"})
"""Problems that look alike: who has only a part of a link must not learn more."""
NOT_FOUND = 404
RULES = "Use letters, digits, '.', '-' and '_', and start and end with a letter or digit."


class Html(str):
    """Text that is HTML already. All other text is escaped."""

    __slots__ = ()


class Page:
    """Shows an invitation, and accepts it.

    Args:
        router: Runs the operation that accepts an invitation.
    """

    def __init__(self, router: Router) -> None:
        self._router = router

    def on_get(self, request: falcon.Request, response: falcon.Response, invitation: str) -> None:
        try:
            token = request.get_param("token") or ""
            offer = self._offer(invitation, token)
            if offer is None:
                _show(response, NOT_FOUND, "This invitation link does not work", _part("closed"))
            else:
                self._show_offer(response, offer, invitation, token)
        except Exception as error:
            self._show_failure(response, problem_of(error, request.context.id))

    on_head = on_get

    def on_post(self, request: falcon.Request, response: falcon.Response, invitation: str) -> None:
        try:
            admission: bodies.Admission | None = request.env.get(bodies.ADMISSION)
            if admission is not None:
                # The gateway asks before it receives a body that is large or has no declared length.
                admission.limit = MOST_BYTES
                bodies.check_head(request, MOST_BYTES, media_type=bodies.FORM)
                response.status = bodies.ADMITTED
                return
            self._accept(request, response, invitation)
        except Exception as error:
            self._show_failure(response, problem_of(error, request.context.id))

    def _accept(self, request: falcon.Request, response: falcon.Response, invitation: str) -> None:
        form = bodies.read_form(request, MOST_BYTES)
        _refuse_other_sites(request, self._router.settings.public_url)
        token, username = form.get("token", ""), form.get("username", "").strip()
        try:
            accepted = self._call(request, invitation, token, username, form.get("form", ""))
        except Problem as problem:
            # The rules are those of the operation. This only chooses how to show what it says.
            offer = None if problem.code in CLOSED else self._offer(invitation, token)
            if offer is None:
                _show(response, NOT_FOUND, "This invitation link does not work", _part("closed"))
            else:
                self._show_offer(response, offer, invitation, token, problem, username[:LONGEST_USERNAME])
            return
        key = accepted.get("api_key")
        content = _part(
            "accepted",
            workspace=accepted["workspace"],
            role=accepted["role"],
            username=accepted["username"],
            key=Html("") if key is None else _part("key", key=key),
            url=self._router.settings.public_url,
        )
        _show(response, 200, f"Welcome to {accepted['workspace']}", content)

    def _call(self, request: falcon.Request, invitation: str, token: str, username: str, form: str) -> dict[str, Any]:
        """Call the operation as a client without an API key does. Return the membership.

        Raises:
            Problem: The operation refuses.
        """
        if not looks_like_id(invitation) or not token:
            raise Problem("invitation_not_found", "The invitation does not exist.", "Ask for a new invitation.")
        body = orjson.dumps({"username": username} if username else {})
        # Nothing else of the request counts: no key, no header, and not that it comes from this process.
        environ = {name: value for name, value in request.env.items() if name.startswith(("wsgi.", "SERVER_"))}
        environ |= {
            "REQUEST_METHOD": "POST",
            "SCRIPT_NAME": "",
            "PATH_INFO": f"{self._router.spec.base_path}/invitations/{invitation}/accept",
            "QUERY_STRING": urlencode({"token": token}),
            "CONTENT_TYPE": JSON,
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_IDEMPOTENCY_KEY": form or _new_form(),
            "wsgi.input": io.BytesIO(body),
        }
        observed = request.env.get(OBSERVED)
        if observed is not None:
            environ[OBSERVED] = observed
            observed.operation = OPERATION
        call = falcon.Request(environ, options=request.options)
        call.context.id = request.context.id
        answer = self._router.answer(self._router.routes[OPERATION], call, {"invitation": invitation})
        assert isinstance(answer.body, bytes)
        found: dict[str, Any] = orjson.loads(answer.body)
        return found

    def _offer(self, invitation: str, token: str) -> Offer | None:
        if not looks_like_id(invitation):
            return None
        storage = self._router.storage
        with storage.connect() as connection:
            storage.begin(connection, write=False)
            return read_offer(connection, storage.vault, invitation, token, datetime.now(UTC))

    def _show_offer(
        self,
        response: falcon.Response,
        offer: Offer,
        invitation: str,
        token: str,
        problem: Problem | None = None,
        username: str = "",
    ) -> None:
        """Show an invitation with its form, and what was wrong with the form that was sent."""
        if offer.needs_key:
            path = PAGE.replace("{invitation}", invitation)
            link = f"{self._router.settings.public_url.rstrip('/')}{path}?{urlencode({'token': token})}"
            action = _part("needs_key", username=offer.joins or "", link=link)
        elif offer.joins is not None:
            action = _part("known_account", username=offer.joins, token=token, form=_new_form())
        else:
            action = _part("new_account", username=username, token=token, form=_new_form())
        content = _part(
            "offer",
            wrong=Html("") if problem is None else _part("wrong", detail=_told(problem)),
            inviter=offer.inviter or "An admin of the workspace",
            workspace=offer.workspace,
            role=offer.role,
            until=f"{offer.expires_at.day} {offer.expires_at:%B %Y, %H:%M} UTC",
            action=action,
        )
        _show(response, 200 if problem is None else self._status(problem), f"Join {offer.workspace}", content)
        response.set_headers({} if problem is None else problem.headers)

    def _show_failure(self, response: falcon.Response, problem: Problem) -> None:
        content = _part("failed", detail=problem.detail, hint=problem.hint)
        _show(response, self._status(problem), "This did not work", content)
        response.set_headers(problem.headers)

    def _status(self, problem: Problem) -> int:
        status: int = self._router.spec.catalogue[problem.code]["status"]
        return status


def attach(app: falcon.App[Any, Any], router: Router) -> None:
    """Add the page to an application."""
    app.add_route(PAGE, Page(router))


def _new_form() -> str:
    return secrets.token_urlsafe(FORM_BYTES)


def _refuse_other_sites(request: falcon.Request, public_url: str) -> None:
    """Refuse a form that stands on a page of another site.

    Raises:
        Problem: A browser says that the form is not ours.
    """
    # A page with `Referrer-Policy: no-referrer` sends its own forms with `Origin: null`.
    origin = request.get_header("Origin") or "null"
    own = urlsplit(public_url)
    known = ("null", f"{own.scheme}://{own.netloc}", f"{request.scheme}://{request.netloc}")
    if request.get_header("Sec-Fetch-Site", default=OWN_SITES[0]) not in OWN_SITES or origin not in known:
        raise Problem(
            "forbidden",
            "The form was sent from another site.",
            "Open the link from the message, and accept the invitation there.",
        )


def _told(problem: Problem) -> str:
    if any(pointer.startswith("/body/username") for pointer, _ in problem.errors):
        return f"This is not a valid username. {RULES}"
    return f"{problem.detail} {problem.hint}"


# ---- HTML


def _show(response: falcon.Response, status: int, title: str, content: Html) -> None:
    style = _file("style.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'"
    response.status = status
    response.content_type = "text/html; charset=utf-8"
    response.data = _part("frame", title=title, style=Html(style), content=content).encode()
    response.set_header("Content-Security-Policy", f"{policy}; frame-ancestors 'none'")
    response.set_header("Referrer-Policy", "no-referrer")
    response.set_header("X-Content-Type-Options", "nosniff")
    response.set_header("Cache-Control", "no-store")


def _part(name: str, **values: str) -> Html:
    """Return a part of the page, with escaped values."""
    return Html(Template(_file(f"{name}.html")).substitute(_escaped(values)))


def _escaped(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value if isinstance(value, Html) else escape(value) for name, value in values.items()}


@cache
def _file(name: str) -> str:
    assert __package__ is not None
    return resources.files(__package__).joinpath("invitation", name).read_text("utf-8")
