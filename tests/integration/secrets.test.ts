import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signUp } from "#lib/accounts/sign-up.ts";
import type { Db } from "#lib/db/client.ts";
import { openTestDb, postgresUrl } from "#tests/support/databases.ts";
import { chatBody, post } from "#tests/support/gateway.ts";
import { json, type MockUpstream, sse, startMockUpstream, plainStream } from "#tests/support/mock-upstream.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
