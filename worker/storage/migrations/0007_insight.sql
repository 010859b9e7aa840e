-- Each statement may run again after being cut off. The tables are explained in ../README.md.
CREATE TABLE IF NOT EXISTS answer (
  project TEXT NOT NULL,
  environment TEXT NOT NULL,
  scale TEXT NOT NULL,
  doc INTEGER NOT NULL,
  value INTEGER NOT NULL,
  who INTEGER NOT NULL,
  spam INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (project, environment, scale, doc)
) STRICT, WITHOUT ROWID;

-- An account's plan becomes something to filter by and to count, for items that are there already too.
UPDATE item SET facets = json_insert(facets, '$[#]', json_array('plan', body ->> '$.person.account.plan'))
WHERE body ->> '$.person.account.plan' <> ''
  AND NOT EXISTS (SELECT 1 FROM json_each(item.facets) AS pair WHERE pair.value ->> 0 = 'plan');

INSERT INTO rollup (project, environment, dimension, value, day, count)
SELECT item.project, item.environment, 'plan', pair.value ->> 1, date(item.created_at / 1000, 'unixepoch'), count(*)
FROM item, json_each(item.facets) AS pair
WHERE pair.value ->> 0 = 'plan' AND item.born <= (SELECT change FROM consumer WHERE name = 'counts')
GROUP BY 1, 2, 3, 4, 5
ON CONFLICT (project, environment, dimension, value, day) DO UPDATE SET count = excluded.count;

-- The index reads all items once more: their plans become findable, and their answers come into their table.
UPDATE consumer SET change = 0 WHERE name = 'index';
