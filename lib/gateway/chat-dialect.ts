import { parseChatRequest } from "#lib/wire/chat-completions.ts";
import { errorBody } from "#lib/wire/errors.ts";
import { formatEvent } from "#lib/wire/sse.ts";
import { isUsageOnlyChunk } from "#lib/wire/token-usage.ts";
import type { Dialect, Reply } from "./dialect.ts";

/** Chat completions: the upstream's bytes go through as they are, but for a usage chunk the client did not ask for. */
export const chatDialect: Dialect = {
  endpoint: "chat.completions",
  fillIn: null,
  parse(body) {
    return {
      chat: parseChatRequest(body),
      warnings: [],
      keepsItems: false,
      imageField: () => null,
      createReply: ({ wantsUsage }) => createChatReply(wantsUsage),
    };
  },
};

function createChatReply(wantsUsage: boolean): Reply {
  return {
    whole: (bytes) => bytes,
    begin: () => "",
    event: (frame, chunk) => (chunk && !wantsUsage && isUsageOnlyChunk(chunk) ? "" : frame.raw),
    end: (frame) => frame.raw,
    fail: (error) => formatEvent({ data: JSON.stringify(errorBody(error)) }),
    items: () => [],
  };
}
