-- AlterTable
ALTER TABLE "keys" ADD COLUMN     "first_key_id" TEXT;
