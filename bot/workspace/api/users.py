"""``users.*`` and ``usergroups.*``: people and their groups."""

from bot.workspace.api.call import Call
from bot.workspace.api.cursor import page
from bot.workspace.api.method import Method
from bot.workspace.cast import Group, Person
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.ids import TEAM
from bot.workspace.shapes import Json

PEOPLE = ("users:read",)
GROUPS = ("usergroups:read",)


def info(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/users.info."""
    person = core.people.get(call.required("user"))
    if person is None:
        raise ApiError("user_not_found")
    return {"user": _described(person)}


def list_people(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/users.list."""
    people, following = page(call, list(core.people.values()), default=999)
    members = [_described(person) for person in people]
    now = int(core.clock.now())
    return {"members": members, "cache_ts": now, "response_metadata": {"next_cursor": following}}


def list_groups(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/usergroups.list."""
    with_users = call.flag("include_users")
    return {"usergroups": [_group(group, with_users=with_users) for group in core.groups.values()]}


def group_members(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/usergroups.users.list."""
    group = core.groups.get(call.required("usergroup"))
    if group is None:
        raise ApiError("no_such_subteam")
    return {"users": list(group.users)}


def _described(person: Person) -> Json:
    """Slack's user object; everybody's clock is UTC here."""
    return {
        "id": person.id,
        "team_id": TEAM,
        "name": person.name,
        "real_name": person.real_name,
        "deleted": False,
        "color": person.color,
        "tz": "Etc/UTC",
        "tz_label": "Coordinated Universal Time",
        "tz_offset": 0,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "is_admin": False,
        "is_restricted": False,
        "updated": 0,
        "profile": {
            "title": person.title,
            "real_name": person.real_name,
            "real_name_normalized": person.real_name,
            "display_name": person.name,
            "display_name_normalized": person.name,
            "team": TEAM,
        },
    }


def _group(group: Group, *, with_users: bool) -> Json:
    described: Json = {
        "id": group.id,
        "team_id": TEAM,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "is_external": False,
        "date_delete": 0,
        "user_count": len(group.users),
    }
    return {**described, "users": list(group.users)} if with_users else described


METHODS = (
    Method("users.info", info, tier=4, scopes=PEOPLE),
    Method("users.list", list_people, tier=2, scopes=PEOPLE),
    Method("usergroups.list", list_groups, tier=2, scopes=GROUPS),
    Method("usergroups.users.list", group_members, tier=2, scopes=GROUPS),
)
