-- More kinds of blocks, all made anew in the background (lib/usage/roll-up-plan.ts).
TRUNCATE "usage_blocks";

UPDATE "usage_blocks_state" SET "until" = '2000-01-01T00:00Z';
