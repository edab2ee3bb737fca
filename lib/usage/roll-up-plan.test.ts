import fc from "fast-check";
import { expect, test } from "vitest";
import { families, levelsFor, planPieces } from "./roll-up-plan.ts";

const quarterMs = 900_000;
const start = Date.UTC(2026, 2, 20);

test("pieces cover the time between the edges once, each within a bucket's blocks and what is closed", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(96 * 40), { minLength: 2, maxLength: 20 }),
      fc.nat(96 * 40),
      fc.constantFrom(...families),
      (quarters, untilQuarter, family) => {
        const levels = [...family.levels, ...("shorter" in family ? family.shorter : [])];
        const edges = quarters
          .toSorted((a, b) => a - b)
          .map((quarter) => new Date(start + quarter * quarterMs));
        const until = new Date(start + untilQuarter * quarterMs);
        const pieces = planPieces(edges, levels, until);
        const covered = pieces.toSorted((a, b) => a.from.getTime() - b.from.getTime());
        expect(covered[0]?.from).toEqual(edges[0]);
        expect(covered.at(-1)?.to).toEqual(edges.at(-1));
        for (const [index, piece] of covered.entries()) {
          expect(piece.from < piece.to).toBe(true);
          const next = covered[index + 1];
          if (next) expect(next.from).toEqual(piece.to);
          if (!piece.level) continue;
          expect(piece.to <= until).toBe(true);
          const { lengthMs } = piece.level;
          for (let block = piece.from.getTime(); block < piece.to.getTime(); block += lengthMs) {
            expect(block % lengthMs).toBe(0);
            expect(edges.some((edge) => edge.getTime() > block && edge.getTime() < block + lengthMs)).toBe(
              false,
            );
          }
        }
      },
    ),
  );
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
  expect(names(["key"], account)).toEqual(["subjects-8d", "subjects-1d", "keys-3h"]);
  expect(names(["key", "tag"], { kind: "installation" })[0]).toBe("subjects-8d");
  expect(names(["tag", "status"], { kind: "installation" })[0]).toBe("installation-tags-1d");
  expect(names(["status"], { kind: "installation" })[0]).toBe("installation-1d");
  expect(names(["account"], { kind: "installation" })[0]).toBe("account-1d");
});
