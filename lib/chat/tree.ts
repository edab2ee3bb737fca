/** What the shape of a tree depends on. `createdAt` orders siblings. */
export interface TreeNode {
  id: string;
  parentId: string | null;
  createdAt: Date;
}

/** The messages from the root down to `leafId`; empty when there is no such message or its chain is broken. */
export function pathTo<T extends TreeNode>(nodes: readonly T[], leafId: string): T[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const path: T[] = [];
  const seen = new Set<string>();
  for (let id: string | null = leafId; id !== null; ) {
    const node = byId.get(id);
    if (!node || seen.has(id)) return [];
    seen.add(id);
    path.push(node);
    id = node.parentId;
  }
  return path.reverse();
}

/** The versions of one turn, `id` among them, oldest first; empty when there is no such message. */
export function siblingsOf<T extends TreeNode>(nodes: readonly T[], id: string): T[] {
  const node = nodes.find((candidate) => candidate.id === id);
  if (!node) return [];
  return nodes.filter((candidate) => candidate.parentId === node.parentId).sort(byAge);
}

/** The most recently made leaf in the subtree of `id`: where a person left that branch. Null when `id` is unknown. */
export function newestLeafBelow<T extends TreeNode>(nodes: readonly T[], id: string): T | null {
  const root = nodes.find((node) => node.id === id);
  return root ? newestLeafAmong(nodes, [root]) : null;
}

/** The most recently made leaf of the whole tree; null when it is empty. */
export function newestLeaf<T extends TreeNode>(nodes: readonly T[]): T | null {
  return newestLeafAmong(
    nodes,
    nodes.filter((node) => node.parentId === null),
  );
}

function newestLeafAmong<T extends TreeNode>(nodes: readonly T[], roots: readonly T[]): T | null {
  const children = Map.groupBy(nodes, (node) => node.parentId);
  const seen = new Set<string>();
  let newest: T | null = null;
  const waiting = [...roots];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    const below = children.get(node.id) ?? [];
    if (below.length > 0) waiting.push(...below);
    else if (newest === null || byAge(node, newest) > 0) newest = node;
  }
  return newest;
}

function byAge(a: TreeNode, b: TreeNode): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
