"""The table's rows of a person's own account and the login."""

from tests.support.world import EVERYBODY, MEMBERS, NOBODY
from tests.sweeps.table import ELSEWHERE, NOTHING_THERE, PAGE, PAGE_OR_ELSEWHERE, get, post

ACCOUNT = [
    get("accounts:profile", MEMBERS),
    get("accounts:welcome", MEMBERS),
    get("accounts:mails", MEMBERS),
    post("accounts:end_session", NOBODY, lambda world: [0], denied=404),
    get("account_login", EVERYBODY, answers=PAGE_OR_ELSEWHERE),
    get("mfa_login_webauthn", MEMBERS, answers=PAGE_OR_ELSEWHERE),
    get("mfa_authenticate", MEMBERS, answers=ELSEWHERE),
    get("account_inactive", EVERYBODY),
    get("account_logout", EVERYBODY, answers=PAGE_OR_ELSEWHERE),
    get("account_signup", EVERYBODY, answers=PAGE_OR_ELSEWHERE),
    get("account_reauthenticate", MEMBERS, answers=PAGE_OR_ELSEWHERE),
    get("mfa_reauthenticate", MEMBERS, answers=PAGE_OR_ELSEWHERE),
    get("mfa_reauthenticate_webauthn", MEMBERS, answers=PAGE_OR_ELSEWHERE),
    get("account_email", MEMBERS),
    get("account_confirm_email", EVERYBODY, lambda world: ["unbekannt"], answers=PAGE_OR_ELSEWHERE),
    get("account_change_password", MEMBERS),
    get("account_set_password", MEMBERS, answers=ELSEWHERE),
    get("account_reset_password", EVERYBODY, answers=PAGE_OR_ELSEWHERE),
    get("account_reset_password_done", EVERYBODY),
    get(
        "account_reset_password_from_key",
        EVERYBODY,
        lambda world: ["abc", "falsch"],
        answers=PAGE_OR_ELSEWHERE,
    ),
    get("account_reset_password_from_key_done", EVERYBODY),
    get("usersessions_list", MEMBERS),
    get("mfa_index", MEMBERS),
    get("mfa_activate_totp", MEMBERS, answers=PAGE_OR_ELSEWHERE),
    get("mfa_deactivate_totp", MEMBERS, answers=PAGE | NOTHING_THERE),
    get("mfa_view_recovery_codes", MEMBERS, answers=PAGE | NOTHING_THERE),
    get("mfa_generate_recovery_codes", MEMBERS, answers=PAGE_OR_ELSEWHERE),
    get("mfa_download_recovery_codes", MEMBERS, answers=PAGE | NOTHING_THERE),
    get("mfa_list_webauthn", MEMBERS),
    get("mfa_add_webauthn", MEMBERS, answers=PAGE_OR_ELSEWHERE),
    get("mfa_edit_webauthn", NOBODY, lambda world: [0], denied=404),
    get("mfa_remove_webauthn", NOBODY, lambda world: [0], denied=404),
]
