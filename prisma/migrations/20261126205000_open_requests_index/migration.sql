-- Of all requests only those under way are ever looked for by their status: what is settled leaves the index.
CREATE INDEX "requests_open_idx" ON "requests"("created_at") WHERE "status" = 'reserved';

-- DropIndex
DROP INDEX "requests_status_process_id_idx";
