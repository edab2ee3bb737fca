import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { startPostgres } from "#tests/support/postgres.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const running: TestServer[] = [];
const holders: Server[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  for (const holder of holders.splice(0)) await new Promise((resolve) => holder.close(resolve));
});

async function started(options: Parameters<typeof startServer>[0] = {}): Promise<TestServer> {
  const server = await startServer(options);
  running.push(server);
  return server;
}

function takePort(): Promise<number> {
  return new Promise((resolve) => {
    const holder = createServer();
    holders.push(holder);
    holder.listen(0, "127.0.0.1", () => {
      const address = holder.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
}

/** One sentence and status 1, with nothing after what was being done: all that an operator should see. */
async function expectRefusal(options: Parameters<typeof startServer>[0], sentence: RegExp): Promise<void> {
  const failure = await startServer(options).then(
    () => new Error("it started"),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  expect(failure.message).toMatch(/^The server ended with status 1:\n/);
  const lines = failure.message.split("\n").slice(1);
  const printed = lines
    .filter((line) => !/^Opening the (embedded )?database…$/.test(line))
    .join("\n")
    .trim();
  expect(printed).toMatch(sentence);
  expect(printed.split("\n")).toHaveLength(1);
}

describe("a start that cannot succeed ends with one clear sentence", () => {
  test("a taken port", async () => {
    const port = await takePort();
    await expectRefusal(
      { env: { PORT: String(port) } },
      new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken: .*set PORT\\.$`),
    );
  });

  test("a data directory that another process holds", async () => {
    const first = await started();
    await expectRefusal(
      { dataDir: first.dataDir },
      new RegExp(`in use by another AIgateway \\(process ${first.pid}\\)`),
    );
  });

  test("a data directory that cannot be written", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "aig-readonly-")), "a-file");
    writeFileSync(file, "");
    await expectRefusal(
      { dataDir: join(file, "data") },
      /cannot be written: check its owner and permissions/,
    );
  });

  test("an unreachable DATABASE_URL, without its password", async () => {
    const port = await takePort();
    for (const holder of holders.splice(0)) await new Promise((resolve) => holder.close(resolve));
    await expectRefusal(
      { databaseUrl: `postgresql://user:hunter2@127.0.0.1:${port}/nowhere` },
      /^(?!.*hunter2)The PostgreSQL that DATABASE_URL names \(127\.0\.0\.1:\d+\) cannot be reached: /,
    );
  });

  test("a setting that is not valid", async () => {
    await expectRefusal({ env: { LOG_LEVEL: "loud" } }, /^The setting LOG_LEVEL is not valid: /);
  });
});

describe("a running server", () => {
  test("SIGTERM ends it cleanly with status 0, and its data directory can be used again", async () => {
    const first = await startServer({ dataDir: mkdtempSync(join(tmpdir(), "aig-first-")) });
    expect(await first.stop()).toBe(0);
    expect(first.output()).toMatch(/Stopped\./);
    const second = await started({ dataDir: first.dataDir });
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
  });
});

describe("a server whose database is gone", () => {
  test("still ends when it is told to", async () => {
    const postgres = await startPostgres();
    const server = await startServer({ databaseUrl: postgres.url });
    await postgres.stop();
    expect(await server.stop()).not.toBeNull();
  });
});

test("a server whose output nobody reads any more goes on answering, and ends in order", async () => {
  const server = await started({ env: { LOG_LEVEL: "debug" } });
  server.stopReading();
  for (let call = 0; call < 5; call += 1) {
    const answer = await fetch(`${server.url}/v1/models`, { headers: { authorization: "Bearer none" } });
    expect(answer.status).toBe(401);
  }
  expect(await server.stop()).toBe(0);
});
