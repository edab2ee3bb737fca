import { newestLeaf, newestLeafBelow, pathTo, type TreeNode } from "./tree.ts";

export interface ShownBranch<Node> {
  /** From the root to the leaf. */
  path: Node[];
  activeLeafId: string | null;
  running: { generationId: string; messageId: string } | null;
}

/** What a chat shows: the branch that was chosen, to its newest end, and the reply being written, on that branch if there is one. */
export function shownBranch<Node extends TreeNode>(
  nodes: readonly Node[],
  chosenId: string | null,
  running: readonly { id: string; messageId: string }[],
): ShownBranch<Node> {
  const leaf = (chosenId === null ? null : newestLeafBelow(nodes, chosenId)) ?? newestLeaf(nodes);
  const path = leaf ? pathTo(nodes, leaf.id) : [];
  const shown = new Set(path.map((node) => node.id));
  const watched = running.find((generation) => shown.has(generation.messageId)) ?? running[0];
  return {
    path,
    activeLeafId: leaf?.id ?? null,
    running: watched ? { generationId: watched.id, messageId: watched.messageId } : null,
  };
}
