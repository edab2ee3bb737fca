import { afterAll, describe, expect, test } from "vitest";
import { updatePreferences } from "#lib/accounts/store/preferences.ts";
import { createSession, getSessionAccount } from "#lib/accounts/store/sessions.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";

describe.each(databases)("preferences on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  test("a change keeps the other choices, null forgets one, and other accounts keep theirs", async () => {
    const { id: own } = await createTestAccount(db);
    const { id: other } = await createTestAccount(db);
    await updatePreferences(db, other, { theme: "light" });
    await updatePreferences(db, own, { locale: "zh-CN", theme: "dark" });
    expect(await updatePreferences(db, own, { expandThinking: true, theme: null })).toEqual({
      locale: "zh-CN",
      expandThinking: true,
    });
    expect(await updatePreferences(db, other, {})).toEqual({ theme: "light" });
  });

  test("changes made at the same time all survive", async () => {
    const { id: account } = await createTestAccount(db);
    await Promise.all([
      updatePreferences(db, account, { locale: "zh-CN" }),
      updatePreferences(db, account, { theme: "dark" }),
      updatePreferences(db, account, { sendKey: "mod-enter" }),
      updatePreferences(db, account, { expandThinking: false }),
    ]);
    expect(await updatePreferences(db, account, {})).toEqual({
      locale: "zh-CN",
      theme: "dark",
      sendKey: "mod-enter",
      expandThinking: false,
    });
  });

  test("a session knows the choices, and a stored one that is no longer offered counts as never made", async () => {
    const { id: account } = await createTestAccount(db);
    const preferences = { locale: "xx", theme: "dark", expandThinking: "yes", followUps: "often", gone: 1 };
    await db.account.update({ where: { id: account }, data: { preferences } });
    const now = new Date();
    const session = await createSession(db, account, { userAgent: "test", now });
    expect((await getSessionAccount(db, session, now))?.preferences).toEqual({ theme: "dark" });
  });
});
