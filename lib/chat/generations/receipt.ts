import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import type { MessageMetadata } from "../message.ts";

type Metered = Pick<
  MeteredRequest,
  "id" | "status" | "usage" | "costNanoUsd" | "estimated" | "timeToFirstTokenMs" | "totalMs" | "createdAt"
>;

/** Tokens and cost of a reply, summed over its metered requests; null while one of them is not settled or none is known. */
export function toReceipt(requests: readonly Metered[]): MessageMetadata | null {
  if (requests.length === 0 || requests.some((request) => request.status === "reserved")) return null;
  const sum = (pick: (request: Metered) => number) =>
    requests.reduce((total, request) => total + pick(request), 0);
  const inOrder = requests.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const [first] = inOrder;
  const last = inOrder.at(-1);
  return {
    usage: {
      promptTokens: sum((request) => request.usage.promptTokens),
      cachedTokens: sum((request) => request.usage.cachedTokens),
      completionTokens: sum((request) => request.usage.completionTokens),
      reasoningTokens: sum((request) => request.usage.reasoningTokens),
    },
    costNanoUsd: requests.reduce((total, request) => total + request.costNanoUsd, 0n).toString(),
    estimated: requests.some((request) => request.estimated),
    ...(first?.timeToFirstTokenMs == null ? {} : { timeToFirstTokenMs: first.timeToFirstTokenMs }),
    writingMs: sum(
      ({ totalMs, timeToFirstTokenMs }) => (totalMs ?? 0) - (timeToFirstTokenMs ?? totalMs ?? 0),
    ),
    ...(last && { contextTokens: last.usage.promptTokens + last.usage.completionTokens }),
  };
}
