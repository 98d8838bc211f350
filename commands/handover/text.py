"""The text of an escalation, by the template that a team may have of its own."""

from collections.abc import Mapping

from commands.ops.house import House
from commands.ops.incidents.incidents import Incident
from commands.ops.roles import Caller
from commands.ops.texts import wording
from commands.ops.texts.wording import Worded
from commands.wording.escalation_fields import FIELDS

TEMPLATE = "escalation.txt.j2"


def text_of(house: House, fields: Mapping[str, str], about: Incident | None, by: Caller) -> Worded:
    """`ISSUE: …`, a paragraph a field, in the runbook's order.

    A template may show `fields` (each `name`, `title`, `text`), `incident` and `resource` (empty where it is about
    none), `by` (a name) and `at`.
    """
    values = {
        "fields": [
            {"name": field.name, "title": field.title, "text": fields.get(field.name, "")} for field in FIELDS
        ],
        "incident": about.id if about else "",
        "resource": about.resource if about else "",
        "by": by.name,
        "at": house.clock.now(),
    }
    issue = fields.get("issue", "").partition("\n")[0]
    return wording.worded(house, TEMPLATE, values, (issue,) if issue else ())
