import { mkdtempSync, rmSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { promptLimits } from "#lib/chat/prompt-limits.ts";
import {
  changePrompt,
  createPrompt,
  deletePrompt,
  listPrompts,
  storePrompts,
} from "#lib/chat/store/prompts.ts";
import { promptsFile } from "#lib/chat/transfer/export-files.ts";
import type { FileReport } from "#lib/chat/transfer/import-report.ts";
import { packZip } from "#lib/chat/transfer/pack.ts";
import { importFile } from "#lib/chat/transfer/run-import.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";

const folder = mkdtempSync(join(tmpdir(), "aig-prompts-"));
afterAll(() => rmSync(folder, { recursive: true }));

const now = new Date("2026-11-27T12:00:00Z");
const review = { name: "Review", text: "Review this {{language}} code." };
const many = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ name: `P${at}`, text: `Text ${at}` }));

describe.each(databases)("prompts on $name", ({ name, url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  const entries = async (accountId: string) =>
    (await listPrompts(db, accountId)).map(({ name: called, text }) => ({ name: called, text }));

  async function importZip(accountId: string, zip: Uint8Array): Promise<FileReport[]> {
    const path = join(folder, `${name}.zip`);
    await writeFile(path, zip);
    const handle = await open(path, "r");
    const environment = {
      db,
      now: () => now.getTime(),
      keepFile: async () => null,
      log: { error: (told: unknown) => expect.fail(String(told)) },
    };
    let reports: FileReport[] = [];
    const upload = { name: "own.zip", handle, signal: new AbortController().signal };
    for await (const event of importFile(environment, accountId, upload)) {
      if (event.type === "report") reports = event.files;
    }
    await handle.close();
    return reports;
  }

  test("a prompt is kept as it was last saved, until it is deleted", async () => {
    const { id } = await createTestAccount(db);
    const made = await createPrompt(db, id, review);
    expect(await listPrompts(db, id)).toEqual([made]);
    const next = { name: "Look over", text: "NUL \u0000 and half \ud83d of a pair" };
    const changed = await changePrompt(db, id, made?.id ?? "", next);
    expect(changed).toEqual({
      id: made?.id,
      name: "Look over",
      text: "NUL \ufffd and half \ufffd of a pair",
    });
    expect(await listPrompts(db, id)).toEqual([changed]);
    expect(await deletePrompt(db, id, made?.id ?? "")).toBe(true);
    expect(await listPrompts(db, id)).toEqual([]);
    expect(await deletePrompt(db, id, made?.id ?? "")).toBe(false);
  });

  test("another account sees, changes and deletes none of them", async () => {
    const [owner, other] = [await createTestAccount(db), await createTestAccount(db)];
    const made = await createPrompt(db, owner.id, review);
    const taken = { name: "Taken", text: "Taken" };
    expect(await changePrompt(db, other.id, made?.id ?? "", taken)).toBeNull();
    expect(await deletePrompt(db, other.id, made?.id ?? "")).toBe(false);
    expect(await listPrompts(db, other.id)).toEqual([]);
    expect(await listPrompts(db, owner.id)).toEqual([made]);
  });

  test("there are never more than an account may have, also of those made at once", async () => {
    const { id } = await createTestAccount(db);
    expect(await storePrompts(db, id, many(promptLimits.count - 1))).toBe(promptLimits.count - 1);
    const made = await Promise.all(
      [1, 2, 3].map((at) => createPrompt(db, id, { name: `N${at}`, text: "x" })),
    );
    expect(made.filter((prompt) => prompt !== null)).toHaveLength(1);
    expect(await storePrompts(db, id, [review])).toBe(0);
    expect(await listPrompts(db, id)).toHaveLength(promptLimits.count);
  });

  test("an export brings them into another account once, also where there are no chats", async () => {
    const [origin, other] = [await createTestAccount(db), await createTestAccount(db)];
    await storePrompts(db, origin.id, [review, { name: "总结", text: "总结：" }, review]);
    expect(await entries(origin.id)).toHaveLength(2);
    const file = promptsFile(await listPrompts(db, origin.id), now);
    const record = { path: "account.json", changedAt: now, content: "{}" };
    const zip = packZip(
      (async function* () {
        yield record;
        yield file;
      })(),
    );
    const bytes = new Uint8Array(await new Response(zip).arrayBuffer());
    expect(await importZip(other.id, bytes)).toEqual([
      expect.objectContaining({
        name: "own.zip",
        format: "aigateway",
        prompts: 2,
        skipped: 0,
        problem: null,
      }),
    ]);
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect((await entries(other.id)).sort(byName)).toEqual((await entries(origin.id)).sort(byName));
    expect(await importZip(other.id, bytes)).toEqual([
      expect.objectContaining({ prompts: 0, problem: null }),
    ]);
    expect(await entries(other.id)).toHaveLength(2);
  });

  test("they go with the account", async () => {
    const { id } = await createTestAccount(db);
    await createPrompt(db, id, review);
    await db.account.delete({ where: { id } });
    expect(await db.prompt.count({ where: { accountId: id } })).toBe(0);
  });
});
