-- Each statement may run again after being cut off. The tables are explained in ../README.md.
CREATE TABLE IF NOT EXISTS webhook (
  project TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('signed', 'slack')),
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  filter TEXT,
  secret TEXT,
  old_secret TEXT,
  old_until INTEGER NOT NULL DEFAULT 0,
  origin TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('on', 'off')),
  off_reason TEXT CHECK (off_reason IN ('paused', 'gone', 'failing')),
  off_at INTEGER,
  since INTEGER NOT NULL,
  since_at INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  failing_since INTEGER,
  success_at INTEGER,
  failure_at INTEGER,
  quiet_until INTEGER NOT NULL DEFAULT 0,
  lease TEXT,
  lease_until INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX IF NOT EXISTS webhook_slack ON webhook (project) WHERE type = 'slack';

CREATE TABLE IF NOT EXISTS delivery (
  webhook TEXT NOT NULL,
  change INTEGER NOT NULL,
  n INTEGER NOT NULL,
  id TEXT NOT NULL,
  project TEXT NOT NULL,
  event TEXT NOT NULL,
  item TEXT,
  at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed', 'dropped')),
  due_at INTEGER,
  tries INTEGER NOT NULL DEFAULT 0,
  attempts TEXT NOT NULL DEFAULT '[]',
  created_at INTEGER NOT NULL,
  PRIMARY KEY (webhook, change, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS delivery_item ON delivery (project, item) WHERE item IS NOT NULL;
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (webhook, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS delivery_failed ON delivery (webhook) WHERE state = 'failed';

CREATE TABLE IF NOT EXISTS withheld (
  project TEXT NOT NULL,
  item TEXT NOT NULL,
  PRIMARY KEY (project, item)
) STRICT, WITHOUT ROWID;
