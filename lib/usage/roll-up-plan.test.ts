import fc from "fast-check";
import { expect, test } from "vitest";
import { families, levelsFor, type Piece, planPieces } from "./roll-up-plan.ts";

const quarterMs = 900_000;
const hourMs = 4 * quarterMs;
const dayMs = 24 * hourMs;
const start = Date.UTC(2026, 2, 20);

/** How often each quarter of an hour goes into each bucket. */
function coverageOf(pieces: readonly Piece[]): Map<string, number> {
  const times = new Map<string, number>();
  const add = (place: number | null, quarter: number, sign: number) => {
    if (place === null) return;
    const name = `${place} ${quarter}`;
    times.set(name, (times.get(name) ?? 0) + sign);
  };
  for (const { from, to, plus, minus } of pieces) {
    for (let quarter = from.getTime(); quarter < to.getTime(); quarter += quarterMs) {
      add(plus, quarter, 1);
      add(minus, quarter, -1);
    }
  }
  return new Map([...times].filter(([, count]) => count !== 0));
}

test("pieces with their signs are each bucket exactly once, from whole blocks of what is closed", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(96 * 40), { minLength: 2, maxLength: 20 }),
      fc.nat(96 * 45),
      fc.constantFrom(...families),
      fc.func(fc.boolean()),
      (quarters, untilQuarter, family, isAsked) => {
        const levels = [...family.levels, ...("shorter" in family ? family.shorter : [])];
        const edges = quarters
          .toSorted((a, b) => a - b)
          .map((quarter) => new Date(start + quarter * quarterMs));
        const until = new Date(start + untilQuarter * quarterMs);
        const pieces = planPieces(edges, levels, until, isAsked);
        const wanted = edges.slice(1).flatMap((to, place) => {
          const from = edges[place] ?? to;
          return isAsked(place) ? [{ level: null, from, to, plus: place, minus: null }] : [];
        });
        expect(coverageOf(pieces)).toEqual(coverageOf(wanted));
        for (const { level, from, to } of pieces) {
          expect(from < to).toBe(true);
          if (!level) continue;
          expect(to <= until).toBe(true);
          expect([from.getTime() % level.lengthMs, to.getTime() % level.lengthMs]).toEqual([0, 0]);
        }
      },
    ),
  );
});

test("days of a zone are days of UTC with what lies between, which both sides of midnight share", () => {
  const midnights = Array.from({ length: 91 }, (_, day) => new Date(start + day * dayMs - 2 * hourMs));
  const levels = levelsFor({ kind: "account", accountId: "acc_1" }, []);
  const pieces = planPieces(midnights, levels, new Date(start + 100 * dayMs));
  const blocks = pieces.reduce(
    (sum, { level, from, to }) => sum + (to.getTime() - from.getTime()) / (level?.lengthMs ?? quarterMs),
    0,
  );
  expect(blocks).toBe(90 + 91 * 2);
});

test("an account is read from its own blocks, with as few dimensions as the question needs", () => {
  const account = { kind: "account", accountId: "acc_1" } as const;
  const names = (dimensions: Parameters<typeof levelsFor>[1], scope: Parameters<typeof levelsFor>[0]) =>
    levelsFor(scope, dimensions).map(({ name }) => name);
  expect(names([], account)).toEqual(["account-1d", "account-6h", "account-1h"]);
  expect(names([], { kind: "installation" })[0]).toBe("installation-total-1d");
  expect(names(["status"], account)).toEqual(["keys-1d", "keys-3h"]);
  expect(levelsFor(account, ["status", "tag"], true).map(({ name }) => name)).toEqual([
    "failing-1d",
    "failing-1h",
  ]);
  expect(levelsFor(account, ["status"], true)[0]?.name).toBe("account-failing-1d");
  expect(names(["key"], account)).toEqual(["subjects-8d", "subjects-1d", "keys-3h"]);
  expect(names(["key", "tag"], { kind: "installation" })[0]).toBe("subjects-8d");
  expect(names(["tag", "status"], { kind: "installation" })[0]).toBe("installation-tags-1d");
  expect(names(["status"], { kind: "installation" })[0]).toBe("installation-1d");
  expect(names(["account"], { kind: "installation" })[0]).toBe("account-1d");
});
