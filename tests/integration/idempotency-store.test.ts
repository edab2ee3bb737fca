import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { createAnswerReader } from "#lib/gateway/idempotency/answer-reader.ts";
import type { CallRun } from "#lib/gateway/idempotency/call-run.ts";
import { createRecorder } from "#lib/gateway/idempotency/recorder.ts";
import { createSealer } from "#lib/gateway/idempotency/sealer.ts";
import {
  claimCall,
  deleteExpired,
  readAnswer,
  releaseCall,
  storePiece,
} from "#lib/gateway/idempotency/store.ts";
import { newId } from "#lib/ops/ids.ts";
import { databases } from "#tests/support/databases.ts";
import { chatBody, post, testSecret, until } from "#tests/support/gateway.ts";
import { setUpIdempotency } from "#tests/support/idempotency.ts";
import { json, plainCompletion, plainStream, sse } from "#tests/support/mock-upstream.ts";

describe.each(databases)("what is kept of calls with an Idempotency-Key, on $name", ({ url }) => {
  const at = setUpIdempotency(url);

  test("what is stored cannot be read", async () => {
    at.upstream.script(sse(...plainStream()));
    await at.call("secret order", { stream: true, tools: [{ type: "peculiar" }] });
    const [record] = await at.kept();
    const pieces = await at.gateway.db.idempotentCallPiece.findMany({ where: { callId: record?.id ?? "" } });
    expect(pieces.length).toBeGreaterThan(0);
    const stored =
      JSON.stringify(record) + Buffer.concat(pieces.map(({ sealed }) => sealed)).toString("latin1");
    for (const word of ["Hello", "there", "greeting", "chatcmpl", "secret order", "peculiar", "mock"])
      expect(stored).not.toContain(word);
  });

  test("an answer is given again for a day, then the call is made anew and the old answer deleted", async () => {
    at.upstream.script(json(200, plainCompletion()));
    const before = Date.now();
    const first = await at.call("expiring");
    const [record] = await at.kept();
    const lifetimeMs = (record?.expiresAt.getTime() ?? 0) - before;
    expect(Math.abs(lifetimeMs - 86_400_000)).toBeLessThan(60_000);
    const expire = (agoMs: number) =>
      at.gateway.db.idempotentCall.updateMany({
        where: { accountId: at.caller.accountId },
        data: { expiresAt: new Date(Date.now() - agoMs) },
      });
    await expire(1_000);
    const second = await at.call("expiring");
    expect(second.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
    expect(at.upstream.calls).toHaveLength(2);
    await expire(60_000);
    await deleteExpired(at.gateway.db);
    expect(await at.kept()).toEqual([]);
  });

  describe("a run", () => {
    const claim = async (run: CallRun) => {
      const who = { ...run, bodyHash: "hash", processId: "proc_test" };
      return claimCall(at.gateway.db, at.caller.accountId, who);
    };
    const newRun = (): CallRun => ({ id: newId("req"), requestId: newId("req") });

    test("holds its key as long as it shows that it is alive", async () => {
      const { db } = at.gateway;
      const run = newRun();
      await claim(run);
      const recorder = createRecorder({
        db,
        log: pino({ level: "silent" }),
        secret: testSecret,
        run,
        renewEveryMs: 20,
      });
      await db.idempotentCall.update({
        where: { id: run.id },
        data: { expiresAt: new Date(Date.now() - 1_000) },
      });
      await until(async () => (await readAnswer(db, run, 0)) && true);
      expect(await claim({ ...run, requestId: newId("req") })).toMatchObject({ kind: "held" });
      await recorder.release();
      expect(await claim({ ...run, requestId: newId("req") })).toEqual({ kind: "claimed" });
    });

    test("that lost its key to another changes nothing of it", async () => {
      const { db } = at.gateway;
      const [run, later] = [newRun(), newId("req")];
      await claim(run);
      await db.idempotentCall.update({
        where: { id: run.id },
        data: { expiresAt: new Date(Date.now() - 1_000) },
      });
      expect(await claim({ ...run, requestId: later })).toEqual({ kind: "claimed" });
      const piece = { seq: 1, sealed: new Uint8Array(4), httpStatus: 200, sealedHeaders: "", end: null };
      expect(await storePiece(db, run, piece)).toBe(false);
      await releaseCall(db, run);
      expect(await readAnswer(db, { ...run, requestId: later }, 0)).toEqual({
        head: null,
        pieces: [],
        state: "running",
      });
    });

    test("of many pieces is read whole and in order", async () => {
      const { db } = at.gateway;
      const run = newRun();
      await claim(run);
      const sealer = createSealer(testSecret, run);
      const sealedHeaders = Buffer.from(sealer.seal(0, Buffer.from("{}"))).toString("base64");
      const words = Array.from({ length: 200 }, (_, at) => `word ${at} `);
      for (const [at, word] of words.entries()) {
        const sealed = sealer.seal(at + 1, Buffer.from(word));
        const end = at === words.length - 1 ? "kept" : null;
        await storePiece(db, run, { seq: at + 1, sealed, httpStatus: 200, sealedHeaders, end });
      }
      const reader = createAnswerReader(db, testSecret);
      let text = "";
      for (let after = 0, state = "more"; state === "more"; ) {
        const part = await reader.read(run, after, 0);
        if (!part) throw new Error("The answer is gone.");
        text += part.bytes.toString("utf8");
        ({ next: after, state } = part);
        expect(state).not.toBe("running");
      }
      expect(text).toBe(words.join(""));
    });
  });

  test("a call without the header leaves nothing behind", async () => {
    at.upstream.script(json(200, plainCompletion()));
    await (await post(`${at.gateway.url}/v1/chat/completions`, at.caller.apiKey, chatBody())).text();
    expect(await at.kept()).toEqual([]);
  });
});
