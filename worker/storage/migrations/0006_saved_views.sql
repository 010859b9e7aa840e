-- Each statement may run again after being cut off. The tables are explained in ../README.md.
CREATE TABLE IF NOT EXISTS saved_view (
  project TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  visibility TEXT NOT NULL CHECK (visibility IN ('private', 'shared')),
  owner TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS visit (
  project TEXT NOT NULL,
  member TEXT NOT NULL,
  since INTEGER,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (project, member)
) STRICT, WITHOUT ROWID;
