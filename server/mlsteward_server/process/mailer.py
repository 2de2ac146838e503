"""Send the messages of the outbox, in a thread.

One process of all that share a database sends: the one that holds the lease. A message is marked as sent as soon as the
mail server has taken it. If the process dies between these two, it is sent again: at least once, and with the same
Message-ID, so that mail systems can tell.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from mlsteward_server.process.smtp import Postponed, Refused, Session, Smtp, Unreachable, letter
from mlsteward_server.storage import leases
from mlsteward_server.storage.engine import Storage
from mlsteward_server.storage.ids import new_id
from mlsteward_server.trail import outbox
from mlsteward_server.trail.outbox import Message

LEASE = "mail"
POLL_SECONDS = 2.0
"""How often to look for new messages, in seconds."""
STOP_SECONDS = 5.0
"""How long to wait for the answer to a message when the process ends, in seconds."""
AT_ONCE = 100
"""Number of messages to read at a time."""
SPARE_SECONDS = 15.0
"""How much longer than a message can take the lease is held, in seconds."""
LONGEST_PAUSE = timedelta(hours=1)
TOO_OLD = timedelta(days=5)
"""How long a message is tried. Mail systems give up after about as long."""
MOST_DOUBLINGS = 20

logger = logging.getLogger("mlsteward.server")


class Mailer:
    """Sends the messages of a database.

    Args:
        storage: The database.
        smtp: Where to send them.
        public_url: The public URL of the server, for the links in the messages.
        is_stopping: Whether the server was told to stop.
    """

    def __init__(self, storage: Storage, smtp: Smtp, public_url: str, is_stopping: Callable[[], bool]) -> None:
        self._storage = storage
        self._smtp = smtp
        self._public_url = public_url
        self._is_stopping = is_stopping
        self._holder = new_id()
        self._held_until = datetime.min.replace(tzinfo=UTC)
        self._stopping = threading.Event()
        self._session: Session | None = None
        self._thread = threading.Thread(target=self._run, name="mlsteward-mail", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop_soon(self) -> None:
        """Send no further message. What the mail server has not taken whole is left for another time."""
        self._stopping.set()
        session = self._session
        if session is not None:
            session.stop()

    def stop(self) -> None:
        """Stop, and wait for the answer to the message that the mail server has taken."""
        self.stop_soon()
        self._thread.join(STOP_SECONDS)

    # ---- the thread

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                while not self._is_stopping() and self._send_some():
                    pass
            except Exception as error:
                # The database may be back later.
                logger.warning("cannot send mail: %s", str(error).partition("\n")[0])
            finally:
                self._hang_up()
            self._stopping.wait(POLL_SECONDS)

    def _send_some(self) -> bool:
        """Send some messages. Returns whether there may be more to send now."""
        now = datetime.now(UTC)
        with self._storage.connect() as connection:
            self._storage.begin(connection, write=False)
            if not (outbox.is_due(connection, now) and leases.is_free(connection, LEASE, self._holder, now)):
                return False
        if not self._hold():
            return False
        # Only now: what was sent a moment ago by another process is no longer due.
        messages = outbox.due(self._storage, self._public_url, now, AT_ONCE)
        for number, message in enumerate(messages):
            if self._stopping.is_set() or self._is_stopping() or not self._hold():
                return False
            if self._session is None or not self._session.is_open:
                try:
                    self._session = Session(self._smtp, self._stopping)
                except Unreachable as error:
                    if not self._stopping.is_set():
                        self._postpone(messages[number:], str(error))
                        logger.warning("cannot send mail, and try again later: %s", error)
                    return False
            self._send(self._session, message)
        return len(messages) == AT_ONCE

    def _send(self, session: Session, message: Message) -> None:
        with self._storage.connect() as connection:
            self._storage.begin(connection, write=False)
            if not outbox.is_still_due(connection, message.id, datetime.now(UTC)):
                return
        try:
            session.send(letter(message, self._smtp.sender), message.recipient)
        except Refused as error:
            self._note_failures({message.id: None}, str(error))
            logger.warning("message %s was refused: see 'mlsteward outbox list --dead'", message.id)
        except Postponed as error:
            # Stopped before the mail server had it: that is no attempt.
            if not self._stopping.is_set():
                self._postpone([message], str(error))
                logger.info("message %s is sent later", message.id)
        else:
            self._note_sent(message)

    def _note_sent(self, message: Message) -> None:
        """Mark a message as sent, however long the database is away: otherwise it would be sent twice."""
        while True:
            try:
                with self._storage.writing() as connection:
                    outbox.note_sent(connection, message.id, datetime.now(UTC))
                return
            except SQLAlchemyError as error:
                logger.warning(
                    "message %s was sent, and cannot be marked yet: %s", message.id, str(error).partition("\n")[0]
                )
                if self._stopping.wait(POLL_SECONDS):
                    return

    def _postpone(self, messages: Sequence[Message], failure: str) -> None:
        now = datetime.now(UTC)
        self._note_failures(
            {m.id: None if now - m.since > TOO_OLD else now + self._pause(m.attempts) for m in messages}, failure
        )

    def _pause(self, attempts: int) -> timedelta:
        """Return how long to wait after another attempt. Random, so that not all messages come at once."""
        doublings: int = 2 ** min(attempts, MOST_DOUBLINGS)
        pause = min(timedelta(seconds=self._smtp.retry) * doublings, LONGEST_PAUSE)
        return pause * random.uniform(0.75, 1.25)  # noqa: S311 - no secret

    def _note_failures(self, due_at: dict[str, datetime | None], failure: str) -> None:
        with self._storage.writing() as connection:
            outbox.note_failures(connection, datetime.now(UTC), failure, due_at)

    # ---- the lease

    def _hold(self) -> bool:
        """Hold the lease for longer than connecting and sending one message take. Returns whether we have it."""
        now = datetime.now(UTC)
        needed = timedelta(seconds=2 * self._smtp.timeout + SPARE_SECONDS)
        if self._held_until - now > needed:
            return True
        until = now + 2 * needed
        with self._storage.writing() as connection:
            is_ours = leases.hold(connection, LEASE, self._holder, now, until)
        self._held_until = until if is_ours else datetime.min.replace(tzinfo=UTC)
        return is_ours

    def _hang_up(self) -> None:
        """Close the connection, and let another process send."""
        if self._session is not None:
            self._session.close()
            self._session = None
        if self._held_until > datetime.now(UTC):
            try:
                with self._storage.writing() as connection:
                    leases.let_go(connection, LEASE, self._holder)
            except SQLAlchemyError:
                return  # it ends by itself
            self._held_until = datetime.min.replace(tzinfo=UTC)
