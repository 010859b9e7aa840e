-- Each statement may run again after being cut off. The table is explained in ../README.md.
CREATE TABLE IF NOT EXISTS audit (
  project TEXT NOT NULL,
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  actor_type TEXT NOT NULL,
  actor TEXT,
  actor_name TEXT,
  action TEXT NOT NULL,
  target_type TEXT,
  target TEXT,
  summary TEXT,
  before TEXT,
  after TEXT,
  request TEXT,
  PRIMARY KEY (project, at, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS audit_target ON audit (project, target, at) WHERE target IS NOT NULL;
