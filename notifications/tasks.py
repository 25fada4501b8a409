"""Jobs of the outbox and of big undertakings."""

from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from notifications.jobs import GROWING_PAUSES, every, forget_finished, job
from notifications.models import OutgoingMail, Undertaking
from notifications.undertakings import carry_out

KEPT_DAYS = 90


@job(retry=GROWING_PAUSES)
def deliver(*, mail_id: int) -> None:
    """Send one mail once; while the mail server is away the job comes back after a growing pause."""
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update().filter(pk=mail_id, sent_at=None).first()
        if mail is None:
            return
        failure = _try_to_send(mail)
    if failure:
        raise failure


def _try_to_send(mail: OutgoingMail) -> Exception | None:
    answers_to = [mail.reply_to] if mail.reply_to else None
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], reply_to=answers_to)
    message.attach_alternative(mail.html, "text/html")
    mail.attempts += 1
    try:
        message.send()
    except (OSError, SMTPException) as error:
        mail.last_error = f"{type(error).__name__}: {error}"
        mail.save(update_fields=["attempts", "last_error"])
        return error
    mail.sent_at = timezone.now()
    mail.last_error = ""
    if not settings.SHOWS_SENT_MAIL:
        # A mail may carry a link that opens an account; once sent nobody needs it here.
        mail.text = mail.html = ""
    mail.save(update_fields=["attempts", "last_error", "sent_at", "text", "html"])
    return None


@every("17 2 * * *")
def forget_old_mails() -> None:
    """Delete mails of three months ago, sent or not, and the finished jobs with them."""
    OutgoingMail.objects.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
    forget_finished(days=KEPT_DAYS)


@every("* * * * *")
def take_up_what_was_interrupted() -> None:
    """Begin anew what still waits because its worker was stopped; what runs now is left alone."""
    since = timezone.now() - timedelta(minutes=1)
    for undertaking_id in (
        Undertaking.objects.waiting().filter(created_at__lt=since).values_list("pk", flat=True)
    ):
        carry_out.later(undertaking_id=undertaking_id)


@every("27 2 * * *")
def forget_old_undertakings() -> None:
    """What was done three months ago nobody waits for any more."""
    Undertaking.objects.filter(finished_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
