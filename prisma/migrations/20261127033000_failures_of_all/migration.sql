-- What did not succeed, of all accounts, by time: the few requests concerned pay for it (lib/usage/store/request-log.ts asks in the same words).
CREATE INDEX "requests_not_succeeded_at_idx" ON "requests" ("created_at" DESC, "id" DESC)
  WHERE "status" IN ('failed', 'aborted', 'interrupted');
