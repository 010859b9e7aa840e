-- Each statement may run again after being cut off. The tables are explained in ../README.md.
CREATE TABLE IF NOT EXISTS file (
  key TEXT PRIMARY KEY,
  project TEXT NOT NULL,
  item TEXT NOT NULL,
  n INTEGER NOT NULL,
  type TEXT NOT NULL,
  due_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS file_item ON file (project, item);
CREATE INDEX IF NOT EXISTS file_due ON file (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS survey (
  project TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'live', 'paused', 'deleted')),
  version INTEGER NOT NULL,
  targeting TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS survey_version (
  project TEXT NOT NULL,
  survey TEXT NOT NULL,
  version INTEGER NOT NULL,
  asked TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (project, survey, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS survey_display (
  project TEXT NOT NULL,
  survey TEXT NOT NULL,
  environment TEXT NOT NULL,
  version INTEGER NOT NULL,
  day TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (project, survey, environment, version, day)
) STRICT, WITHOUT ROWID;
