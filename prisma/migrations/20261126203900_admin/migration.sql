-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "plan_changed_at" TIMESTAMPTZ(3),
ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "requests_per_day" INTEGER,
ADD COLUMN     "requests_per_minute" INTEGER;

-- AlterTable
ALTER TABLE "processes" ADD COLUMN     "status" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "audit_events" ADD COLUMN     "change" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "on_account_id" TEXT;

-- CreateTable
CREATE TABLE "model_prices" (
    "id" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "input_nano_usd" INTEGER NOT NULL,
    "cached_input_nano_usd" INTEGER NOT NULL,
    "output_nano_usd" INTEGER NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "model_prices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliations" (
    "id" TEXT NOT NULL,
    "repair" BOOLEAN NOT NULL,
    "account_id" TEXT,
    "process_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "beat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "done_steps" INTEGER NOT NULL DEFAULT 0,
    "total_steps" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "report" JSONB,

    CONSTRAINT "reconciliations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_log_state" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "kept_from" TIMESTAMPTZ(3),

    CONSTRAINT "request_log_state_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "model_prices_model_effective_at_key" ON "model_prices"("model", "effective_at");

-- CreateIndex
CREATE INDEX "reconciliations_started_at_idx" ON "reconciliations"("started_at" DESC);

-- CreateIndex
CREATE INDEX "accounts_created_at_id_idx" ON "accounts"("created_at", "id");

-- CreateIndex
CREATE INDEX "requests_created_at_brin" ON "requests" USING BRIN ("created_at");

-- CreateIndex
CREATE INDEX "audit_events_on_account_id_created_at_idx" ON "audit_events"("on_account_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "audit_events_action_created_at_idx" ON "audit_events"("action", "created_at" DESC);

-- CreateIndex
CREATE INDEX "audit_events_created_at_id_idx" ON "audit_events"("created_at" DESC, "id" DESC);

INSERT INTO "request_log_state" ("id") VALUES (1);

-- What was charged by a price must stay explained by it.
CREATE FUNCTION keep_prices_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.effective_at <= now() THEN
    RAISE EXCEPTION 'A price that has come into force cannot be changed.';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;

CREATE TRIGGER model_prices_keep_prices_in_force BEFORE UPDATE OR DELETE ON "model_prices"
FOR EACH ROW EXECUTE FUNCTION keep_prices_in_force();
