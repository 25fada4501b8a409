"""What must stand in the head of every answer."""

from tests.sweeps.table import Answer

CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
}
# People's files: nothing runs, loads or frames.
SANDBOX = {"default-src 'none'", "sandbox", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# The one place where KERN's editor adds a style of its own, by its hash; scripts may carry a nonce.
LOOSER = ("style-src 'self' 'sha256-", "script-src 'self' 'nonce-")


def missing_headers(response: Answer) -> list[str]:
    wrong = [
        f"{name}: {response.get(name)}" for name, value in HEADERS.items() if response.get(name) != value
    ]
    directives = {
        part.strip() for part in response.get("Content-Security-Policy", "").split(";") if part.strip()
    }
    strict = {rule for rule in directives if not rule.startswith(LOOSER)}
    kinds = {rule.split()[0] for rule in directives}
    expected = SANDBOX if "sandbox" in directives else CSP
    wrong += [f"CSP allows {rule}" for rule in strict - expected]
    wrong += [f"CSP lacks {rule}" for rule in expected if rule.split()[0] not in kinds]
    if "unsafe" in response.get("Content-Security-Policy", "") or "*" in "".join(directives):
        wrong.append("CSP is loose")
    if "camera=()" not in response.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy is missing")
    return wrong


def is_kept_out_of_caches(response: Answer) -> bool:
    directives = {part.strip() for part in response.get("Cache-Control", "").split(",")}
    return not directives.isdisjoint({"no-store", "private"})
