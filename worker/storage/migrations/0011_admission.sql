-- Each statement may run again after being cut off. The tables are explained in ../README.md.
CREATE TABLE IF NOT EXISTS outcome (
  project TEXT NOT NULL,
  day TEXT NOT NULL,
  environment TEXT NOT NULL,
  route TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (project, day, environment, route, outcome, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS refused_origin (
  project TEXT NOT NULL,
  origin TEXT NOT NULL,
  count INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (project, origin)
) STRICT, WITHOUT ROWID;
