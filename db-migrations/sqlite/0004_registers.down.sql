-- The history of register entries is lost.
DROP TABLE register_fact;
ALTER TABLE register_entry DROP COLUMN owed;
ALTER TABLE register_entry DROP COLUMN region;
