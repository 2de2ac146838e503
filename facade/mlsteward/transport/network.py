"""Sockets, TLS and proxies, or an httpx client that the user passes."""

import logging
from typing import TYPE_CHECKING, Final
from urllib.request import getproxies, proxy_bypass

import httpx

from mlsteward.errors import ConfigurationError
from mlsteward.redaction import redact
from mlsteward.transport.forks import AsyncOwnTransport, Birthplace, OwnTransport
from mlsteward.transport.wire import Origin

if TYPE_CHECKING:
    import ssl

# Many connections may be kept: a connection is shared by all threads of a program, and a new one
# costs a TLS handshake.
LIMITS: Final = httpx.Limits(max_connections=100, max_keepalive_connections=100, keepalive_expiry=15.0)

_contexts: dict[str, "ssl.SSLContext"] = {}


def ssl_context() -> "ssl.SSLContext":
    """The TLS settings of this process: the certificate authorities of certifi, or `SSL_CERT_FILE` / `_DIR`.

    Made when first asked for: loading the authorities takes longer than building everything else.
    """
    # No lock, which a fork could leave locked for ever.
    return _contexts.get("verifying") or _contexts.setdefault("verifying", httpx.create_ssl_context())


def _no_authorities() -> "ssl.SSLContext":
    """For `http://`: httpx needs a context, which is not used. It trusts no certificate, so a mistake fails."""
    import ssl

    return _contexts.get("empty") or _contexts.setdefault("empty", ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


def is_loopback(host: str) -> bool:
    """Whether a host is this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("127.example.com")
    (True, True, False)
    """
    host = host.strip("[]").lower()
    numbers = host.split(".")
    return (
        host in ("localhost", "::1")
        or host.endswith(".localhost")
        or (numbers[0] == "127" and len(numbers) == 4 and all(number.isdecimal() for number in numbers))
    )


def proxy_for(origin: Origin) -> str | None:
    """The proxy that the environment sets for a server: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`.

    This machine is never behind one.
    """
    host = origin.host.decode("ascii")
    if is_loopback(host):
        return None
    known = getproxies()
    proxy = known.get(origin.scheme.decode("ascii")) or known.get("all")
    if not proxy or proxy_bypass(origin.host_header.decode("ascii")) or proxy_bypass(host):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


class Route:
    """How to reach a server.

    Args:
        origin: The server.
        proxy: The URL of a proxy; None to ask the environment.
        trust_env: Whether the environment is asked.
        context: TLS settings other than those of this process.
        limits: Of the pool of connections.
    """

    def __init__(
        self,
        origin: Origin,
        *,
        proxy: str | None = None,
        trust_env: bool = True,
        context: "ssl.SSLContext | None" = None,
        limits: httpx.Limits | None = None,
    ) -> None:
        self.limits = limits or LIMITS
        if proxy is None and trust_env:
            proxy = proxy_for(origin)
        if context is not None:
            self.context = context
        else:
            self.context = ssl_context() if origin.scheme == b"https" else _no_authorities()
        self.proxy = _proxy(proxy) if proxy is not None else None

    def open(self) -> httpx.BaseTransport:
        """A transport with its own connection pool in each process."""
        return OwnTransport(
            lambda: httpx.HTTPTransport(verify=self.context, limits=self.limits, proxy=self.proxy, trust_env=False)
        )

    def open_async(self) -> httpx.AsyncBaseTransport:
        """The same for asynchronous calls."""
        return AsyncOwnTransport(
            lambda: httpx.AsyncHTTPTransport(verify=self.context, limits=self.limits, proxy=self.proxy, trust_env=False)
        )


def _proxy(url: str) -> httpx.Proxy:
    try:
        parsed = httpx.URL(url)
        secure = parsed.scheme == "https"
        proxy = httpx.Proxy(parsed, ssl_context=ssl_context() if secure else None)
    except (ValueError, httpx.InvalidURL):
        # Not the URL itself: proxies have passwords.
        raise ConfigurationError(
            "The proxy (argument proxy, or HTTP_PROXY, HTTPS_PROXY, ALL_PROXY) is not the URL of one.",
            hint="It looks like http://proxy.example.com:3128.",
        ) from None
    if proxy.url.scheme.startswith("socks"):
        try:
            import socksio  # type: ignore[import-not-found,unused-ignore] # noqa: F401
        except ImportError as error:
            raise ConfigurationError(
                "The proxy is a SOCKS proxy, which needs socksio: pip install 'httpx[socks]'."
            ) from error
    return proxy


# A client of the user's own.


class ClientTransport(httpx.BaseTransport):
    """Sends through a client that the user built, with its proxies, hooks and headers.

    It stays the user's: it is not closed. Redirects are not followed, whatever it would do. It belongs to the process
    that it was made in, because nobody but the user knows how to make another.
    """

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._birthplace = Birthplace()
        _mask_the_log_of_httpx()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._birthplace.check("the http_client")
        sent = self._client.build_request(
            request.method,
            str(request.url),
            headers=request.headers,
            extensions=request.extensions,
        )
        sent.stream = request.stream
        # Unread: its client would decompress an answer of any size.
        return _passed_on(self._client.send(sent, stream=True, follow_redirects=False))


class AsyncClientTransport(httpx.AsyncBaseTransport):
    """`ClientTransport` for asynchronous calls."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._birthplace = Birthplace()
        _mask_the_log_of_httpx()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._birthplace.check("the http_client")
        sent = self._client.build_request(
            request.method,
            str(request.url),
            headers=request.headers,
            extensions=request.extensions,
        )
        sent.stream = request.stream
        return _passed_on(await self._client.send(sent, stream=True, follow_redirects=False))


def _passed_on(response: httpx.Response) -> httpx.Response:
    """A response that the client has not read, as a transport would give it."""
    return httpx.Response(response.status_code, headers=response.headers.raw, stream=response.stream)


class _MaskSecrets(logging.Filter):
    """`httpx.Client` logs whole URLs at INFO, and a URL can hold a token."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(redact(str(a)) if isinstance(a, httpx.URL) else a for a in record.args)
        return True


_mask: Final = _MaskSecrets()


def _mask_the_log_of_httpx() -> None:
    logging.getLogger("httpx").addFilter(_mask)
