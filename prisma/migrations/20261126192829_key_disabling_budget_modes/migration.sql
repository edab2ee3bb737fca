-- CreateEnum
CREATE TYPE "BudgetMode" AS ENUM ('hard', 'warn');

-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "budget_mode" "BudgetMode" NOT NULL DEFAULT 'hard';

-- AlterTable
ALTER TABLE "keys" ADD COLUMN     "budget_mode" "BudgetMode" NOT NULL DEFAULT 'hard',
ADD COLUMN     "disabled_at" TIMESTAMPTZ(3);
