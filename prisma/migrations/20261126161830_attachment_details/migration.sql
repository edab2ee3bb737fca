-- DropIndex
DROP INDEX "attachments_account_id_sha256_key";

-- AlterTable
ALTER TABLE "attachments" ADD COLUMN     "chars" INTEGER,
ADD COLUMN     "height" INTEGER,
ADD COLUMN     "pages" INTEGER,
ADD COLUMN     "text" TEXT,
ADD COLUMN     "truncated" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "width" INTEGER;

-- CreateIndex
CREATE INDEX "attachments_used_at_idx" ON "attachments"("used_at");

-- CreateIndex
CREATE UNIQUE INDEX "attachments_account_id_sha256_filename_key" ON "attachments"("account_id", "sha256", "filename");

-- Which messages show a file: asked only by the sweep, and small, because most messages have none.
CREATE INDEX "messages_files_idx" ON "messages" USING gin ("parts" jsonb_path_ops) WHERE "parts" @> '[{"type": "file"}]';
