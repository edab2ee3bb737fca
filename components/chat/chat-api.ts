import type { ZodMiniType } from "zod/mini";
import { pageAccountHeaders } from "#components/shell/page-account.tsx";
import type { ChatOptions } from "#lib/chat/default-options.ts";
import type { ChatDetail, ChatList, Means, Started } from "./chat-schemas.ts";
import { noteServerDate } from "./server-clock.ts";
import { signInGate } from "./sign-in/sign-in-gate.ts";

export interface ProblemDetails {
  /** HTTP status; 0 when no answer came. */
  status: number;
  requestId?: string | undefined;
  retryAfterS?: number | undefined;
}

/** A call to the chat's API that did not succeed. `code` is the server's, or `unreachable` or `unexpected_answer`. */
export class ChatProblem extends Error {
  override readonly name = "ChatProblem";
  readonly code: string;
  readonly details: ProblemDetails;

  constructor(code: string, message: string, details: ProblemDetails) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(error: unknown): ChatProblem {
  if (error instanceof ChatProblem) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ChatProblem("unexpected_answer", message, { status: 0 });
}

export function isSignedOut(problem: ChatProblem): boolean {
  return problem.details.status === 401;
}

// Fetched with the first call, or before (`useThreadAhead`): the page of a new chat begins without zod.
export const loadSchemas = () => import("./chat-schemas.ts");
type Schemas = Awaited<ReturnType<typeof loadSchemas>>;

/** Reads why an answer is not a success. */
export async function problemOf(response: Response): Promise<ChatProblem> {
  const { errorSchema } = await loadSchemas();
  const body = errorSchema.safeParse(await response.json().catch(() => null));
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ChatProblem(
    body.success ? body.data.error.code : "unexpected_answer",
    body.success ? body.data.error.message : `The server answered with status ${response.status}.`,
    {
      status: response.status,
      requestId: response.headers.get("x-request-id") ?? undefined,
      retryAfterS: Number.isFinite(retryAfter) ? retryAfter : undefined,
    },
  );
}

const otherAccount = new ChatProblem("other_account", "Nothing was sent.", { status: 403 });

/**
 * Calls the API; who is signed out is asked to sign in, and the call is made again. Throws a `ChatProblem` when it does not succeed.
 */
export async function call(path: string, method: string, body?: unknown): Promise<Response> {
  let refused = otherAccount;
  if (!signInGate.isForeign()) {
    try {
      return await callOnce(path, method, body);
    } catch (error) {
      if (!(error instanceof ChatProblem && isSignedOut(error))) throw error;
      refused = error;
    }
  }
  const answer = await signInGate.ask(method !== "GET");
  if (answer === "signed-in") return callOnce(path, method, body);
  throw answer === "other" ? otherAccount : refused;
}

async function callOnce(path: string, method: string, body?: unknown): Promise<Response> {
  let response: Response;
  // Who reads the answer is told when they could not be fetched.
  void loadSchemas().catch(() => undefined);
  try {
    response = await fetch(path, {
      method,
      cache: "no-store",
      headers: { ...pageAccountHeaders(), ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    const problem = new ChatProblem("unreachable", "The server cannot be reached.", { status: 0 });
    problem.cause = cause;
    throw problem;
  }
  noteServerDate(response.headers);
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Reads an answer of the API. */
async function read<T>(response: Response, choose: (schemas: Schemas) => ZodMiniType<T>): Promise<T> {
  return readAs(response, async () => choose(await loadSchemas()));
}

/** Reads an answer of the API by a schema that is fetched for it. */
export async function readAs<T>(response: Response, load: () => Promise<ZodMiniType<T>>): Promise<T> {
  try {
    return (await load()).parse(await response.json());
  } catch (cause) {
    const problem = new ChatProblem(
      "unexpected_answer",
      "The server's answer is not understood by this page.",
      {
        status: response.status,
        requestId: response.headers.get("x-request-id") ?? undefined,
      },
    );
    problem.cause = cause;
    throw problem;
  }
}

const pathOf = (chatId: string) => `/api/chats/${encodeURIComponent(chatId)}`;
const messagePath = (chatId: string, messageId: string) =>
  `${pathOf(chatId)}/messages/${encodeURIComponent(messageId)}`;

export interface NewMessage {
  id: string;
  /** Empty when there are only files. */
  text: string;
  fileIds: readonly string[];
  parentId: string | null;
  assistantMessageId: string;
  /** What the chat is to begin with, when this makes it. */
  options?: ChatOptions | undefined;
  /** Whether the chat, if this begins it, is temporary. */
  temporary?: boolean;
}

export interface ChatChange {
  title?: string;
  activeLeafId?: string;
  pinned?: boolean;
  archived?: boolean;
  folderId?: string | null;
  options?: ChatOptions;
}

/** A list of chats: one of the account's, or a folder's by its id. */
export type ListKey = "recent" | "pinned" | "archived" | `fld_${string}`;

/** What the person decided about a call of a tool. `forChat`: the tool asks no more in this chat. */
export interface CallDecision {
  toolCallId: string;
  approved: boolean;
  forChat: boolean;
  reason: string | null;
}

/** The chat's HTTP API. Every call throws a `ChatProblem` when it does not succeed. */
export const chatApi = {
  async list(list: ListKey, cursor: string | null): Promise<ChatList> {
    const query = new URLSearchParams({ [list.startsWith("fld_") ? "folder" : "list"]: list });
    if (cursor !== null) query.set("cursor", cursor);
    return read(await call(`/api/chats?${query}`, "GET"), (schemas) => schemas.chatListSchema);
  },
  async get(chatId: string): Promise<ChatDetail> {
    return read(await call(pathOf(chatId), "GET"), (schemas) => schemas.chatDetailSchema);
  },
  /** The newest of its messages. */
  async getEnd(chatId: string): Promise<ChatDetail> {
    return read(await call(`${pathOf(chatId)}?part=end`, "GET"), (schemas) => schemas.chatDetailSchema);
  },
  /** Sending the same ids again gives the same answer. */
  async send(chatId: string, { id, text, fileIds, ...rest }: NewMessage): Promise<Started> {
    const files = fileIds.map((attachmentId) => ({ type: "file", attachmentId }));
    const parts = [...files, ...(text === "" ? [] : [{ type: "text", text }])];
    const body = { message: { id, parts }, ...rest };
    return read(await call(`${pathOf(chatId)}/messages`, "POST", body), (schemas) => schemas.startedSchema);
  },
  async regenerate(chatId: string, messageId: string, assistantMessageId: string): Promise<Started> {
    const path = `${messagePath(chatId, messageId)}/regenerate`;
    return read(await call(path, "POST", { assistantMessageId }), (schemas) => schemas.startedSchema);
  },
  async continueMessage(chatId: string, messageId: string): Promise<Started> {
    return read(
      await call(`${messagePath(chatId, messageId)}/continue`, "POST", {}),
      (schemas) => schemas.startedSchema,
    );
  },
  async editReply(
    chatId: string,
    messageId: string,
    edit: { assistantMessageId: string; texts: readonly string[] },
  ): Promise<void> {
    await call(`${messagePath(chatId, messageId)}/edit`, "POST", edit);
  },
  /** Null while other calls of the reply wait for a decision. */
  async decide(chatId: string, messageId: string, decision: CallDecision): Promise<Started | null> {
    const response = await call(`${messagePath(chatId, messageId)}/approvals`, "POST", decision);
    return response.status === 202 ? null : read(response, (schemas) => schemas.startedSchema);
  },
  async stop(generationId: string): Promise<void> {
    await call(`/api/generations/${encodeURIComponent(generationId)}/stop`, "POST", {});
  },
  async change(chatId: string, change: ChatChange): Promise<void> {
    await call(pathOf(chatId), "PATCH", change);
  },
  /** Chooses what new chats begin with. */
  async setDefaultOptions(options: ChatOptions): Promise<void> {
    await call("/api/account/chat-options", "PUT", options);
  },
  async remove(chatId: string): Promise<void> {
    await call(pathOf(chatId), "DELETE");
  },
  async restore(chatId: string): Promise<void> {
    await call(`${pathOf(chatId)}/restore`, "POST", {});
  },
  /** The free requests of the day, and what is to be said of budgets. */
  async means(): Promise<Means> {
    return await read(await call("/api/quota", "GET"), (schemas) => schemas.quotaSchema);
  },
};

export type ChatApi = typeof chatApi;
