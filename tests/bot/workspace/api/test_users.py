"""People and groups by the Web API."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient


async def test_people_are_listed_the_app_among_them(client: AsyncWebClient) -> None:
    members = (await client.users_list())["members"]
    assert {m["id"]: m["is_bot"] for m in members}["U0WARDEN"]
    assert len(members) == 5


async def test_one_person_is_told_of(client: AsyncWebClient) -> None:
    user = (await client.users_info(user="U0ASHA"))["user"]
    assert (user["real_name"], user["profile"]["title"]) == ("Asha Rao", "Approver")
    with pytest.raises(SlackApiError, match="user_not_found"):
        await client.users_info(user="U0NOBODY")


async def test_groups_and_who_is_in_them(client: AsyncWebClient) -> None:
    groups = (await client.usergroups_list(include_users=True))["usergroups"]
    assert {g["handle"]: g["users"] for g in groups} == {
        "batch-approvers": ["U0ASHA"],
        "batch-on-call": ["U0OMAR"],
    }
    assert (await client.usergroups_users_list(usergroup="S0APPROVERS"))["users"] == ["U0ASHA"]
    with pytest.raises(SlackApiError, match="no_such_subteam"):
        await client.usergroups_users_list(usergroup="S0NOBODY")
