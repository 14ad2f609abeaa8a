"""A second role for somebody of the town, straight into the database."""

from datetime import datetime

from market.base.database import rows


async def serve(login: str, *, organization: str, role: str, since: datetime, until: datetime | None = None) -> None:
    """Let an account serve an organization in a role, until a moment when it is named."""
    await rows(
        "INSERT INTO membership (account, organization, role, granted_at, granted_by, revoked_at)"
        " SELECT a.id, o.id, $3, $4, 'jin.bo', $5 FROM account a, organization o WHERE a.login = $1 AND o.code = $2",
        login,
        organization,
        role,
        since,
        until,
    )
