-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "chat_options" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "chats" ADD COLUMN     "options" JSONB NOT NULL DEFAULT '{}';
