-- What keeps projects apart in the index of filters stands in it as it is, not as a hash: all items are read once more, by
-- a consumer of another name, so that what the release before it still reads is not taken for read.
INSERT OR IGNORE INTO consumer (name, change, lease_until) VALUES ('search', 0, 0);
