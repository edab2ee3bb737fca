-- CreateTable
CREATE TABLE "kept_items" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "kept_items_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "kept_items_expires_at_idx" ON "kept_items"("expires_at");

-- CreateIndex
CREATE INDEX "kept_items_account_id_idx" ON "kept_items"("account_id");

-- AddForeignKey
ALTER TABLE "kept_items" ADD CONSTRAINT "kept_items_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;
