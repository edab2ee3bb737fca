-- CreateEnum
CREATE TYPE "ToolApproval" AS ENUM ('always', 'once', 'never');

-- CreateEnum
CREATE TYPE "ToolSourceKind" AS ENUM ('openapi', 'mcp');

-- CreateTable
CREATE TABLE "tool_choices" (
    "account_id" TEXT NOT NULL,
    "tool" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "approval" "ToolApproval" NOT NULL,

    CONSTRAINT "tool_choices_pkey" PRIMARY KEY ("account_id","tool")
);

-- CreateTable
CREATE TABLE "tool_grants" (
    "chat_id" TEXT NOT NULL,
    "tool" TEXT NOT NULL,

    CONSTRAINT "tool_grants_pkey" PRIMARY KEY ("chat_id","tool")
);

-- CreateTable
CREATE TABLE "tool_sources" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" "ToolSourceKind" NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "auth" TEXT NOT NULL DEFAULT 'none',
    "header_name" TEXT,
    "sealed_secret" BYTEA,
    "tools" JSONB NOT NULL DEFAULT '[]',
    "checked_at" TIMESTAMPTZ(3),
    "check_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tool_sources_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "tool_sources_account_id_created_at_idx" ON "tool_sources"("account_id", "created_at");

-- AddForeignKey
ALTER TABLE "tool_choices" ADD CONSTRAINT "tool_choices_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_grants" ADD CONSTRAINT "tool_grants_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chats"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_sources" ADD CONSTRAINT "tool_sources_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;
