-- There are more kinds of blocks now (lib/usage/roll-up-plan.ts): all are made anew in the background, and quarters are read until then.
-- Emptied at once: the job that makes them anew would delete them row by row.
TRUNCATE "usage_blocks";

UPDATE "usage_blocks_state" SET "until" = '2000-01-01T00:00Z';

-- A quarter of an hour of the whole installation's log is read by it: in finer ranges it leads to fewer other pages.
DROP INDEX "requests_created_at_brin";
CREATE INDEX "requests_created_at_brin" ON "requests" USING BRIN ("created_at") WITH (pages_per_range = 32);
