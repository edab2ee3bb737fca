import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { databases } from "#tests/support/databases.ts";

const embeddedUrl = databases.find((database) => database.name === "embedded")?.url ?? "";

function message(type: string, ...parts: (string | number)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => {
      if (typeof part === "string") return Buffer.from(`${part}\0`);
      const int16 = Buffer.alloc(2);
      int16.writeInt16BE(part);
      return int16;
    }),
  );
  const head = Buffer.alloc(4);
  head.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), head, body]);
}

async function readUntil(socket: Socket, text: string): Promise<string> {
  let received = "";
  while (!received.includes(text)) received += String((await once(socket, "data"))[0]);
  return received;
}

async function openRaw(): Promise<Socket> {
  const dir = new URL(embeddedUrl).searchParams.get("host") ?? "";
  const socket = connect(join(dir, ".s.PGSQL.5432"));
  const startup = message("", "user", "postgres", "database", "postgres", "");
  startup.writeInt32BE(startup.length + 4);
  socket.write(Buffer.concat([startup.subarray(0, 4), Buffer.from([0, 3, 0, 0]), startup.subarray(4)]));
  await readUntil(socket, "Z\0\0\0\u0005I");
  return socket;
}

const bindAndRun = Buffer.concat([message("B", "", "", 0, 0, 0), message("E", "", 0, 0), message("S")]);

test("a statement whose bytes arrive in two parts is not mixed with another connection's", async () => {
  const slow = await openRaw();
  const other = new pg.Client(embeddedUrl);
  await other.connect();
  try {
    slow.write(message("P", "", "SELECT 'mine' AS word", 0));
    await readUntil(slow, "1\0\0\0\u0004");
    const others = other.query("SELECT $1::text AS word", ["theirs"]);
    slow.write(bindAndRun);
    expect(await readUntil(slow, "Z\0\0\0\u0005I")).toContain("mine");
    expect((await others).rows).toEqual([{ word: "theirs" }]);
  } finally {
    slow.destroy();
    await other.end();
  }
});

test("a connection that breaks off within a statement does not hold up the others", async () => {
  const broken = await openRaw();
  const other = new pg.Client(embeddedUrl);
  await other.connect();
  try {
    broken.write(message("P", "", "SELECT no_such_column", 0));
    await readUntil(broken, "no_such_column");
    const others = other.query("SELECT $1::text AS word", ["theirs"]);
    broken.destroy();
    expect((await others).rows).toEqual([{ word: "theirs" }]);
  } finally {
    await other.end();
  }
});
