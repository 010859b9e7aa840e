-- Each statement may run again after being cut off. The table is explained in ../README.md.
CREATE TABLE IF NOT EXISTS signing_secret (
  project TEXT PRIMARY KEY,
  secret TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  old_secret TEXT,
  old_until INTEGER
) STRICT, WITHOUT ROWID;
