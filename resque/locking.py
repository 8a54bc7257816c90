"""Optimistic locking: two people may open the same form, the second one to save sees what the first one changed."""


class StaleRecord(Exception):
    """Somebody saved the record since the form was opened.

    Args:
        expected: version that the form was opened with.
        current: version that the record has now.
    """

    def __init__(self, expected: int, current: int):
        self.expected = expected
        self.current = current
        super().__init__(f"expected version {expected}, found {current}")


def lock_version(queryset, pk, version: int | None):
    """Lock a row until the transaction ends and return it, if it still has `version`.

    The caller raises the version by one when it writes.

    Args:
        queryset: where to look; rows outside of it do not exist for the caller.
        pk: primary key of the row.
        version: version that the caller has seen; None skips the comparison (imports, commands).

    Raises:
        StaleRecord: somebody saved the row in between.
        queryset.model.DoesNotExist: there is no such row, or it may not be written.
    """
    row = queryset.select_for_update(of=("self",)).get(pk=pk)
    if version is not None and row.version != version:
        raise StaleRecord(version, row.version)
    return row
