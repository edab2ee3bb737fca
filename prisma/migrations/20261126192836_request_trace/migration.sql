-- AlterTable
ALTER TABLE "requests" ADD COLUMN     "trace" TEXT;
