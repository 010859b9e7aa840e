-- Each statement may run again after being cut off. The tables are explained in ../README.md.
CREATE TABLE IF NOT EXISTS person (
  project TEXT NOT NULL,
  id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  verified INTEGER NOT NULL,
  facts TEXT NOT NULL,
  email TEXT AS (facts ->> '$.email[3]'),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS person_email ON person (project, email) WHERE email IS NOT NULL;

CREATE TABLE IF NOT EXISTS account (
  project TEXT NOT NULL,
  id TEXT NOT NULL,
  facts TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS erasure (
  project TEXT NOT NULL,
  mark TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (project, mark)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO consumer (name, change, lease_until) VALUES ('people', 0, 0);

-- Items that are there already become findable by their addresses: the index reads them all once more.
UPDATE consumer SET change = 0 WHERE name = 'index';
