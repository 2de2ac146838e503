"""API keys in the keyring of the system, such as the keychain of macOS or the secret service of a Linux desktop.

An entry is for one profile and one server: if somebody changes the url of a profile, its key is not sent there.
"""

from typing import Any, Final, NamedTuple

from mlsteward.errors import ConfigurationError

SERVICE: Final = "mlsteward"
MARKER: Final = "keyring"
"""What a profile has as `api_token_from` if its API key is in the keyring."""


class Entry(NamedTuple):
    """A place in the keyring.

    Attributes:
        profile: The name of the profile.
        url: The server.
    """

    profile: str
    url: str

    @property
    def account(self) -> str:
        """What the keyring calls it."""
        return f"{self.profile} {self.url}"

    def load(self) -> str:
        """The API key.

        Raises:
            ConfigurationError: There is none, or the keyring cannot be read.
        """
        keyring = _keyring()
        found = None
        if keyring is not None:
            try:
                found = keyring.get_password(SERVICE, self.account)
            except Exception as error:  # each kind of keyring has errors of its own
                raise ConfigurationError(
                    f"The keyring, which holds the API key of profile {self.profile!r}, cannot be read: "
                    f"{type(error).__name__}.",
                    hint="Unlock it, or run `mlsteward login --no-keyring`.",
                ) from None
        if not found:
            why = "mlsteward[keyring] is not installed" if keyring is None else "the keyring has none"
            raise ConfigurationError(
                f"There is no API key for profile {self.profile!r} and {self.url}: {why}.",
                hint="Run `mlsteward login`.",
            )
        return str(found)

    def save(self, api_token: str) -> bool:
        """Store the API key. Returns whether there is a keyring that could."""
        keyring = _keyring()
        if keyring is None:
            return False
        try:
            keyring.set_password(SERVICE, self.account, api_token)
            return bool(keyring.get_password(SERVICE, self.account) == api_token)
        except Exception:  # no backend, or one that is locked
            return False

    def forget(self) -> None:
        """Remove the API key, if it is there."""
        keyring = _keyring()
        if keyring is not None:
            try:
                keyring.delete_password(SERVICE, self.account)
            except Exception:  # it is not there, or nothing can be there
                return


def _keyring() -> Any:
    try:
        import keyring
    except ModuleNotFoundError:
        return None
    return keyring
