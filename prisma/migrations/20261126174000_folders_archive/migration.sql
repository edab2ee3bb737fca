-- AlterTable
ALTER TABLE "chats" ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "folder_id" TEXT,
ADD COLUMN     "pinned_at" TIMESTAMPTZ(3),
ADD COLUMN     "temporary_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "folders" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "folders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_texts" (
    "message_id" TEXT NOT NULL,
    "chat_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "shelf" BIGINT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "message_texts_pkey" PRIMARY KEY ("message_id")
);

-- CreateIndex
CREATE INDEX "folders_account_id_position_idx" ON "folders"("account_id", "position");

-- CreateIndex
CREATE INDEX "folders_deleted_at_idx" ON "folders"("deleted_at");

-- CreateIndex
CREATE INDEX "message_texts_account_id_created_at_idx" ON "message_texts"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "chats_account_id_pinned_at_idx" ON "chats"("account_id", "pinned_at");

-- CreateIndex
CREATE INDEX "chats_account_id_archived_at_idx" ON "chats"("account_id", "archived_at");

-- CreateIndex
CREATE INDEX "chats_folder_id_last_message_at_idx" ON "chats"("folder_id", "last_message_at" DESC);

-- CreateIndex
CREATE INDEX "chats_temporary_until_idx" ON "chats"("temporary_until");

-- AddForeignKey
ALTER TABLE "chats" ADD CONSTRAINT "chats_folder_id_fkey" FOREIGN KEY ("folder_id") REFERENCES "folders"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "folders" ADD CONSTRAINT "folders_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_texts" ADD CONSTRAINT "message_texts_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;
