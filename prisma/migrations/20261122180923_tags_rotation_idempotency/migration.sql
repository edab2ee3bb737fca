-- AlterTable
ALTER TABLE "keys" ADD COLUMN     "replaces_key_id" TEXT;

-- AlterTable
ALTER TABLE "requests" ADD COLUMN     "tag" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "usage_hours" DROP CONSTRAINT "usage_hours_pkey",
ADD COLUMN     "tag" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "usage_hours_pkey" PRIMARY KEY ("account_id", "hour", "subject", "model", "tag");

-- CreateTable
CREATE TABLE "idempotent_calls" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "process_id" TEXT NOT NULL,
    "http_status" INTEGER,
    "headers" JSONB NOT NULL DEFAULT '{}',
    "complete" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotent_call_pieces" (
    "call_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "idempotent_call_pieces_pkey" PRIMARY KEY ("call_id","seq")
);

-- CreateIndex
CREATE INDEX "idempotent_calls_expires_at_idx" ON "idempotent_calls"("expires_at");

-- CreateIndex
CREATE INDEX "idempotent_calls_account_id_idx" ON "idempotent_calls"("account_id");

-- AddForeignKey
ALTER TABLE "idempotent_calls" ADD CONSTRAINT "idempotent_calls_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotent_call_pieces" ADD CONSTRAINT "idempotent_call_pieces_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "idempotent_calls"("id") ON DELETE CASCADE ON UPDATE CASCADE;
