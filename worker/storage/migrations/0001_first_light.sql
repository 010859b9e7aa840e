-- Each statement may run again after being cut off. The tables are explained in ../README.md.
CREATE TABLE IF NOT EXISTS project (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  settings TEXT NOT NULL,
  secret TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS api_key (
  id TEXT PRIMARY KEY,
  project TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('publishable', 'secret')),
  name TEXT NOT NULL,
  hint TEXT NOT NULL,
  environment TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS member (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS membership (
  member TEXT NOT NULL,
  project TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
  PRIMARY KEY (member, project)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sign_in_link (
  hash TEXT PRIMARY KEY,
  member TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS session (
  hash TEXT PRIMARY KEY,
  member TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS item (
  doc INTEGER PRIMARY KEY,
  project TEXT NOT NULL,
  id TEXT NOT NULL,
  change INTEGER NOT NULL,
  born INTEGER NOT NULL,
  environment TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  labels TEXT NOT NULL,
  assignee TEXT,
  spam INTEGER NOT NULL,
  merged_into TEXT,
  created_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  message TEXT NOT NULL,
  body TEXT NOT NULL,
  facets TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX IF NOT EXISTS item_id ON item (project, id);
CREATE UNIQUE INDEX IF NOT EXISTS item_change ON item (change);
CREATE INDEX IF NOT EXISTS item_list ON item (project, environment, spam, doc);

CREATE TABLE IF NOT EXISTS tombstone (
  change INTEGER PRIMARY KEY,
  project TEXT NOT NULL,
  id TEXT NOT NULL,
  erased_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX IF NOT EXISTS tombstone_id ON tombstone (project, id);

CREATE TABLE IF NOT EXISTS consumer (
  name TEXT PRIMARY KEY,
  change INTEGER NOT NULL,
  lease TEXT,
  lease_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO consumer (name, change, lease_until) VALUES ('index', 0, 0), ('counts', 0, 0);

CREATE TABLE IF NOT EXISTS rollup (
  project TEXT NOT NULL,
  environment TEXT NOT NULL,
  dimension TEXT NOT NULL,
  value TEXT NOT NULL,
  day TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (project, environment, dimension, value, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS name (
  project TEXT NOT NULL,
  name TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  PRIMARY KEY (project, name)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE IF NOT EXISTS facet USING fts5 (
  tokens, content = '', contentless_delete = 1, detail = none
);

CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
  scope, said, content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
);
