"""Long texts (escalation, closure report, incident report) by jinja2 templates that a team may override."""
