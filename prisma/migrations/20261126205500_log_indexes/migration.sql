-- What the log is filtered by and is rare: the few requests concerned pay for their index, the others do not
-- (lib/usage/store/request-log.ts asks in the same words).
CREATE INDEX "requests_not_succeeded_idx" ON "requests" ("account_id", "created_at" DESC, "id" DESC)
  WHERE "status" IN ('failed', 'aborted', 'interrupted');

CREATE INDEX "requests_tag_idx" ON "requests" ("account_id", "tag", "created_at" DESC, "id" DESC) WHERE "tag" <> '';

CREATE INDEX "requests_chat_idx" ON "requests" ("account_id", "created_at" DESC, "id" DESC) WHERE "source" = 'chat';
