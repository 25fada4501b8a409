"""Making documents in the background, and forgetting them."""

from __future__ import annotations

import structlog
from django.core.files.base import ContentFile
from django.utils import translation

from documents.builds import NothingToBuildError, kind_named
from documents.models import OPEN, Build, State
from notifications.jobs import every, job

log = structlog.get_logger(__name__)


@job()
def make(*, build_id: int) -> None:
    """Make one document. A failure is told to its owner, who can order it again."""
    build = Build.objects.select_related("owner").filter(pk=build_id, state__in=OPEN).first()
    if build is None:
        return
    _tell(build, state=State.RUNNING)
    try:
        _make(build)
    except NothingToBuildError:
        _tell(build, state=State.FAILED)
    except Exception:
        _tell(build, state=State.FAILED)
        raise


def _make(build: Build) -> None:
    kind = kind_named(build.kind)
    with translation.override(build.owner.language):
        built = kind.build(
            build.owner, build.subject, lambda done, total: _tell(build, done=min(done, total), total=total)
        )
    build.file.save(built.name, ContentFile(built.content), save=False)
    _tell(
        build,
        state=State.DONE,
        done=build.total,
        file=build.file.name,
        file_name=built.name,
        media_type=built.media_type,
    )


def _tell(build: Build, **changes: object) -> None:
    """Written at once, so that whoever waits can see it."""
    for name, value in changes.items():
        setattr(build, name, value)
    Build.objects.filter(pk=build.pk).update(**changes)


@every("41 * * * *")
def forget_outdated() -> None:
    """Delete documents of more than a day ago, and orders whose worker died."""
    for build in Build.objects.outdated():
        if build.file:
            build.file.delete(save=False)
        build.delete()
        log.info("document_forgotten", build=build.pk)
