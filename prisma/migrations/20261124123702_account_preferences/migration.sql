-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "preferences" JSONB NOT NULL DEFAULT '{}';
