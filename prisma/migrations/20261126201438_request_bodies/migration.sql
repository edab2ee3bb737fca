-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "keep_bodies_days" INTEGER;

-- CreateTable
CREATE TABLE "request_bodies" (
    "request_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "sealed_request" BYTEA,
    "sealed_answer" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "request_bodies_pkey" PRIMARY KEY ("request_id")
);

-- CreateIndex
CREATE INDEX "request_bodies_expires_at_idx" ON "request_bodies"("expires_at");

-- CreateIndex
CREATE INDEX "request_bodies_account_id_idx" ON "request_bodies"("account_id");

-- AddForeignKey
ALTER TABLE "request_bodies" ADD CONSTRAINT "request_bodies_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_bodies" ADD CONSTRAINT "request_bodies_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;
