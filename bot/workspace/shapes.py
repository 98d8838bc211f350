"""The shape in which Slack's JSON travels through the workspace."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
