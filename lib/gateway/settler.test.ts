import { describe, expect, test } from "vitest";
import type { Outcome, Settled } from "#lib/usage/settlement.ts";
import { createSettler } from "./settler.ts";

const outcome: Outcome = {
  status: "succeeded",
  usage: null,
  estimated: false,
  httpStatus: 200,
  attempts: 1,
  totalMs: 1,
};

describe("settler", () => {
  test("what the database did not take is kept and written once it is back", async () => {
    const written: string[] = [];
    const failures: string[] = [];
    let up = false;
    const write = async (requestId: string): Promise<Settled | null> => {
      if (!up) throw new Error("down");
      written.push(requestId);
      return null;
    };
    const settler = createSettler(write, (requestId) => failures.push(requestId));
    expect(await settler.settle("req_1", outcome)).toBeNull();
    await expect(settler.retry()).rejects.toThrow("down");
    up = true;
    await settler.retry();
    await settler.retry();
    expect(written).toEqual(["req_1"]);
    expect(failures).toEqual(["req_1"]);
  });
});
