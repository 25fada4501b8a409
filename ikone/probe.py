"""The container's health check: asks the portal inside it, under a name that it answers to."""

import os
import sys
import urllib.error
import urllib.request


def main() -> None:
    """Ends with an error unless the portal says that it is healthy."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    port = os.environ.get("GRANIAN_PORT", "8000")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/gesund/", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=4):  # noqa: S310  a constant scheme
            return
    except (urllib.error.URLError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
