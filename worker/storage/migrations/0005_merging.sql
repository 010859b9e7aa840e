-- Each statement may run again after being cut off. The tables are explained in ../README.md.
CREATE INDEX IF NOT EXISTS item_merged ON item (project, merged_into) WHERE merged_into IS NOT NULL;
