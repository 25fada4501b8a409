"""What the network calls itself. The one thing that this app stores."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), exclude=["logo"])
class Identity(models.Model):
    """Name, claim, operator and logo of the network; one row at most. Read through `ui.identity`."""

    name = models.CharField(_("Name des Netzwerks"), max_length=60)
    claim = models.CharField(_("Leitspruch"), max_length=120, blank=True)
    operator = models.CharField(_("Betreiber"), max_length=160, blank=True)
    logo = models.BinaryField(blank=True, default=b"")
    logo_type = models.CharField(max_length=40, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("Name und Logo des Netzwerks")
        verbose_name_plural = _("Name und Logo des Netzwerks")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="identity_only_one"),
            models.CheckConstraint(condition=~Q(name=""), name="identity_name_given"),
            models.CheckConstraint(
                condition=Q(logo=b"", logo_type="") | (~Q(logo=b"") & ~Q(logo_type="")),
                name="identity_logo_with_type",
            ),
        ]

    def __str__(self) -> str:
        return self.name
