import { describe, expect, test } from "vitest";
import { newestLeaf, newestLeafBelow, pathTo, siblingsOf } from "./tree.ts";

const node = (id: string, parentId: string | null, at: number) => ({ id, parentId, createdAt: new Date(at) });

// a ─ b ─ c ─ d      a second version of b's answer, and an edit of the first message
//     └── e
// f ─ g
const nodes = [
  node("a", null, 1),
  node("b", "a", 2),
  node("c", "b", 3),
  node("d", "c", 4),
  node("e", "b", 6),
  node("f", null, 5),
  node("g", "f", 5),
];
const ids = (found: { id: string }[]) => found.map(({ id }) => id);

describe("the tree of messages", () => {
  test("a path leads from the root to its leaf", () => {
    expect(ids(pathTo(nodes, "d"))).toEqual(["a", "b", "c", "d"]);
    expect(ids(pathTo(nodes, "f"))).toEqual(["f"]);
  });

  test("an unknown leaf, a broken chain and a cycle have no path", () => {
    expect(pathTo(nodes, "x")).toEqual([]);
    expect(pathTo([node("a", "gone", 1)], "a")).toEqual([]);
    expect(pathTo([node("a", "b", 1), node("b", "a", 2)], "a")).toEqual([]);
  });

  test("siblings are the versions of one turn, oldest first, also at the root", () => {
    expect(ids(siblingsOf(nodes, "e"))).toEqual(["c", "e"]);
    expect(ids(siblingsOf(nodes, "a"))).toEqual(["a", "f"]);
    expect(siblingsOf(nodes, "x")).toEqual([]);
  });

  test("a branch is shown down to what was said in it last", () => {
    expect(newestLeafBelow(nodes, "a")?.id).toBe("e");
    expect(newestLeafBelow(nodes, "c")?.id).toBe("d");
    expect(newestLeafBelow(nodes, "d")?.id).toBe("d");
    expect(newestLeafBelow(nodes, "x")).toBeNull();
    expect(newestLeafBelow([node("a", "b", 1), node("b", "a", 2)], "a")).toBeNull();
    expect(newestLeaf(nodes)?.id).toBe("e");
    expect(newestLeaf([])).toBeNull();
  });
});
