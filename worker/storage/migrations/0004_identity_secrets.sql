-- Each statement may run again after being cut off. The tables are explained in ../README.md.
CREATE TABLE IF NOT EXISTS identity_secret (
  project TEXT NOT NULL,
  id TEXT NOT NULL,
  secret TEXT,
  name TEXT NOT NULL,
  hint TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  revoked_at INTEGER,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;
