"""The journal: what the core remembers, in one database in the state directory."""

from pathlib import Path

from commands.ops.database import Database

# One entry a version: what brings the database from `index` to `index + 1`. Entries are only ever added.
STEPS = (
    """
    CREATE TABLE events (
        seq     INTEGER PRIMARY KEY AUTOINCREMENT,
        at      TEXT NOT NULL,
        subject TEXT NOT NULL,
        kind    TEXT NOT NULL,
        data    TEXT NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE plans (
        id          TEXT PRIMARY KEY,
        operation   TEXT NOT NULL,
        line        TEXT NOT NULL,
        args        TEXT NOT NULL,
        targets     TEXT NOT NULL,
        digest      TEXT NOT NULL,
        tier        TEXT NOT NULL,
        needs       INTEGER NOT NULL,
        state       TEXT NOT NULL,
        asked_by    TEXT NOT NULL,
        asked_at    TEXT NOT NULL,
        expires_at  TEXT NOT NULL,
        ended_at    TEXT,
        changes     TEXT NOT NULL DEFAULT '[]',
        result      TEXT,
        replaced_by TEXT
    ) STRICT;
    CREATE INDEX plans_state ON plans (state);
    CREATE TABLE approvals (
        plan     TEXT NOT NULL REFERENCES plans (id),
        person   TEXT NOT NULL,
        caller   TEXT NOT NULL,
        decision TEXT NOT NULL,
        reason   TEXT NOT NULL DEFAULT '',
        at       TEXT NOT NULL,
        PRIMARY KEY (plan, person)
    ) STRICT;
    CREATE TABLE runs (
        plan       TEXT PRIMARY KEY REFERENCES plans (id),
        started_by TEXT NOT NULL,
        started_at TEXT NOT NULL,
        ended_at   TEXT,
        process    TEXT NOT NULL,
        skipped    TEXT NOT NULL DEFAULT '[]',
        abort_by   TEXT
    ) STRICT;
    CREATE TABLE steps (
        plan     TEXT NOT NULL REFERENCES runs (plan),
        number   INTEGER NOT NULL,
        of       INTEGER NOT NULL,
        title    TEXT NOT NULL,
        state    TEXT NOT NULL,
        detail   TEXT NOT NULL DEFAULT '',
        began_at TEXT NOT NULL,
        ended_at TEXT,
        PRIMARY KEY (plan, number)
    ) STRICT;
    CREATE TABLE audit (
        seq      INTEGER PRIMARY KEY,
        at       TEXT NOT NULL,
        kind     TEXT NOT NULL,
        caller   TEXT NOT NULL,
        plan     TEXT,
        data     TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash     TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only') ! END;
    CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only') ! END;
    CREATE TABLE locks (
        name   TEXT PRIMARY KEY,
        holder TEXT NOT NULL,
        since  TEXT NOT NULL,
        until  TEXT
    ) STRICT;
    CREATE TABLE samples (
        at   TEXT NOT NULL,
        name TEXT NOT NULL,
        data TEXT NOT NULL,
        PRIMARY KEY (name, at)
    ) STRICT;
    CREATE TABLE transitions (
        id     INTEGER PRIMARY KEY,
        at     TEXT NOT NULL,
        after  TEXT NOT NULL,
        site   TEXT NOT NULL,
        batch  TEXT NOT NULL,
        wave   INTEGER,
        before TEXT
    ) STRICT;
    CREATE INDEX transitions_site ON transitions (site, id);
    CREATE INDEX transitions_wave ON transitions (batch, wave, at);
    CREATE TABLE later (
        id      INTEGER PRIMARY KEY,
        due     TEXT NOT NULL,
        line    TEXT NOT NULL,
        subject TEXT NOT NULL,
        caller  TEXT NOT NULL,
        done_at TEXT
    ) STRICT;
    CREATE INDEX later_due ON later (done_at, due);
    CREATE TABLE mutes (
        subject TEXT PRIMARY KEY,
        since   TEXT NOT NULL,
        until   TEXT,
        caller  TEXT NOT NULL,
        reason  TEXT NOT NULL
    ) STRICT;
    """,
    # `before` and `status` are the letters, null where the site was not, or is no longer, in the registry;
    # `after` and `at` are the two looks between which it changed.
    """
    ALTER TABLE transitions ADD COLUMN status TEXT;
    """,
    # The registry's lines that a run edited, by site: `before` is null for a new one, `after` for one that went;
    # that one came `behind` another, which is line `near` since.
    """
    CREATE TABLE row_edits (
        id     INTEGER PRIMARY KEY,
        plan   TEXT NOT NULL REFERENCES runs (plan),
        step   INTEGER NOT NULL,
        site   BLOB NOT NULL,
        line   INTEGER NOT NULL,
        before BLOB,
        after  BLOB,
        behind BLOB,
        near   INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX row_edits_plan ON row_edits (plan, id);
    """,
    # Two who open an incident about one resource at once open one.
    """
    CREATE TABLE incidents (
        id        TEXT PRIMARY KEY,
        resource  TEXT NOT NULL,
        subject   TEXT NOT NULL,
        what      TEXT NOT NULL,
        severity  TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        opened_by TEXT NOT NULL,
        owner     TEXT,
        clear_at  TEXT,
        closed_at TEXT,
        closed_by TEXT,
        cause     TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE UNIQUE INDEX incidents_open ON incidents (resource) WHERE closed_at IS NULL;
    CREATE TABLE timeline (
        seq      INTEGER PRIMARY KEY,
        incident TEXT NOT NULL REFERENCES incidents (id),
        at       TEXT NOT NULL,
        kind     TEXT NOT NULL,
        who      TEXT,
        text     TEXT NOT NULL,
        link     TEXT NOT NULL
    ) STRICT;
    CREATE INDEX timeline_incident ON timeline (incident, seq);
    ALTER TABLE plans ADD COLUMN resources TEXT NOT NULL DEFAULT '[]';
    """,
    # What was last told of a subject, or whether it was, is asked at every look of the watch.
    """
    CREATE INDEX events_subject ON events (subject, kind);
    """,
)


class Journal(Database):
    """Plans, runs, audit, events: what the core remembers."""

    def __init__(self, state: Path) -> None:
        super().__init__(state / "journal.db", STEPS)
