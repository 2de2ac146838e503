"""The server key, which encrypts stored answers and signs invitations and cursors. It is never in the database."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from pathlib import Path

ENVIRONMENT = "MLSTEWARD_SECRET_KEY"
KEY_BYTES = 32


class VaultError(Exception):
    """The server key cannot be used. The message says what to do."""


class Vault:
    """Encrypts, decrypts and signs with the server key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise VaultError(f"the server key must be {KEY_BYTES} bytes, not {len(key)}")
        self._key = key

    def __repr__(self) -> str:
        return "Vault(…)"

    def seal(self, plain: bytes, purpose: str) -> bytes:
        """Encrypt data. Only `open` with the same purpose can decrypt it."""
        # Imported here because it takes 12 ms, which a script that only reads can save.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(12)
        return nonce + AESGCM(self._derived("seal")).encrypt(nonce, plain, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Decrypt data from `seal`.

        Raises:
            VaultError: The data was encrypted with another key or for another purpose, or was changed.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            return AESGCM(self._derived("seal")).decrypt(sealed[:12], sealed[12:], purpose.encode())
        except (InvalidTag, ValueError):  # ValueError: the data is too short
            raise VaultError("cannot decrypt with this server key; check whether the key file was replaced") from None

    def sign(self, text: str, purpose: str) -> str:
        """Return the signature of a text, which only this server can compute."""
        digest = hmac.new(self._derived(purpose), text.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def mac(self, data: bytes, purpose: str) -> bytes:
        """Return the signature of data, as 32 bytes."""
        return hmac.digest(self._derived(purpose), data, "sha256")

    def verify(self, text: str, purpose: str, token: str) -> bool:
        """Return whether a token is the signature from `sign`. Compares in constant time."""
        return hmac.compare_digest(self.sign(text, purpose).encode(), token.encode("utf-8", "replace"))

    @property
    def check_value(self) -> str:
        """A value that identifies the key. It is stored in the database and does not reveal the key."""
        return base64.urlsafe_b64encode(self._derived("check value")).rstrip(b"=").decode()

    def _derived(self, purpose: str) -> bytes:
        return hmac.new(self._key, purpose.encode(), hashlib.sha256).digest()


def ephemeral() -> Vault:
    """Return a vault with a temporary key, for databases that end with the process."""
    return Vault(os.urandom(KEY_BYTES))


def from_text(text: str) -> Vault:
    """Return a vault from a key in base64.

    Raises:
        VaultError: The text is not base64, or the key has the wrong length.
    """
    try:
        return Vault(base64.b64decode(text.strip(), validate=True))
    except binascii.Error:
        raise VaultError(f"the server key is not base64; create one with: openssl rand -base64 {KEY_BYTES}") from None


def from_file(path: Path, *, make: bool = True) -> Vault:
    """Return a vault from a key file.

    Args:
        path: The key file.
        make: Whether to create a missing file, readable only by its owner.

    Raises:
        VaultError: The file cannot be used, or is missing and `make` is False.
    """
    if not make and not path.exists():
        raise VaultError(
            f"the server key file {path} is missing, and the database was set up with one; "
            f"restore the file (a copy of a database needs a copy of its key), or name it with --key-file or "
            f"{ENVIRONMENT} (if it is lost: serve --new-key)"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The key file appears complete or not at all, and the first process to create it wins.
        draft = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
        if not path.exists():
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
                try:
                    os.link(draft, path)
                except FileExistsError:
                    pass
            finally:
                draft.unlink()
        return from_text(path.read_text("ascii"))
    except (OSError, UnicodeDecodeError) as error:
        raise VaultError(f"the server key file {path} cannot be used: {error}") from error


def load(key_file: Path | None, default_path: Path, *, check: str | None) -> Vault:
    """Return the vault from `key_file`, from the environment variable, or from the default file, in this order.

    Args:
        key_file: The key file, if one was given.
        default_path: The default file.
        check: The `Vault.check_value` of the key that the database was set up with. None for a new database.

    Raises:
        VaultError: The key cannot be used, or is not the one that the database was set up with.
    """
    text = os.environ.get(ENVIRONMENT)
    if text and key_file is None:
        vault, source = from_text(text), ENVIRONMENT
    else:
        path = key_file or default_path
        vault, source = from_file(path, make=check is None), f"the file {path}"
    if check is not None and not hmac.compare_digest(vault.check_value, check):
        raise VaultError(
            f"{source} does not contain the server key that the database was set up with; "
            f"restore that key, or name its file with --key-file or {ENVIRONMENT} (if it is lost: serve --new-key)"
        )
    return vault
