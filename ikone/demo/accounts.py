"""The demo's accounts: one for each role."""

from ikone.demo import files

_content = files.read("accounts")
DEMO_PASSWORD: str = _content["password"]
DEMO_LOGINS: list[tuple[str, str]] = [
    (account["email"], f"{account['name']}: {account['may']}") for account in _content["account"]
]
