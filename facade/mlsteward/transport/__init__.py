"""How a request gets to a server and an answer back: pieces on httpx.

* `retry`: again, when it is safe and makes sense
* `inprocess`: a WSGI application without a network
* `network`: sockets, TLS, proxies, and a client of the user's own
* `wire`: requests and answers without the work that httpx does for the general case
* `answers`: from a status and a body to an exception
"""

from mlsteward.transport.inprocess import AsyncInProcessTransport, InProcessTransport
from mlsteward.transport.retry import AsyncRetryTransport, Clock, RetryPolicy, RetryTransport

__all__ = [
    "AsyncInProcessTransport",
    "AsyncRetryTransport",
    "Clock",
    "InProcessTransport",
    "RetryPolicy",
    "RetryTransport",
]
