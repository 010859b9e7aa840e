-- Each statement may run again after being cut off. The tables are explained in ../README.md.
CREATE TABLE IF NOT EXISTS retention (
  project TEXT PRIMARY KEY,
  asked TEXT NOT NULL,
  reduced_to INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  people_after TEXT NOT NULL,
  rest_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
