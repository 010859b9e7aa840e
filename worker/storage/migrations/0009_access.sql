-- Each statement may run again after being cut off. The tables are explained in ../README.md.
CREATE TABLE IF NOT EXISTS member_session (
  hash TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  member TEXT NOT NULL,
  projects TEXT,
  method TEXT NOT NULL,
  passkey TEXT,
  browser TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS member_session_member ON member_session (member);

-- Whoever was signed in stays it, for the projects that are theirs now.
INSERT OR IGNORE INTO member_session (hash, id, member, projects, method, browser, created_at, last_used_at, expires_at)
SELECT hash, lower(hex(randomblob(16))), member,
  (SELECT json_group_array(project) FROM membership WHERE membership.member = session.member),
  'link', '', created_at, created_at, expires_at
FROM session;

CREATE TABLE IF NOT EXISTS member_link (
  hash TEXT PRIMARY KEY,
  member TEXT NOT NULL,
  projects TEXT,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS invitation (
  project TEXT NOT NULL,
  id TEXT NOT NULL,
  hash TEXT NOT NULL,
  email TEXT,
  role TEXT NOT NULL,
  invited_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX IF NOT EXISTS invitation_hash ON invitation (hash);

CREATE TABLE IF NOT EXISTS passkey (
  id TEXT PRIMARY KEY,
  credential TEXT NOT NULL,
  member TEXT NOT NULL,
  projects TEXT,
  name TEXT NOT NULL,
  public_key TEXT NOT NULL,
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL,
  synced INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX IF NOT EXISTS passkey_credential ON passkey (credential);
CREATE INDEX IF NOT EXISTS passkey_member ON passkey (member);

CREATE TABLE IF NOT EXISTS passkey_challenge (
  challenge TEXT PRIMARY KEY,
  member TEXT,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS passkey_challenge_expiry ON passkey_challenge (expires_at);
