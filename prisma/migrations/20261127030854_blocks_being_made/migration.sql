-- AlterTable
ALTER TABLE "usage_blocks_state" ADD COLUMN "making" TIMESTAMPTZ(3);

UPDATE "usage_blocks_state" SET "making" = "until";

ALTER TABLE "usage_blocks_state" ALTER COLUMN "making" SET NOT NULL;
