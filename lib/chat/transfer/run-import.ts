import type { FileHandle } from "node:fs/promises";
import type { Db } from "#lib/db/client.ts";
import type { getLog } from "#lib/ops/log.ts";
import { storeFolders } from "../store/import-folders.ts";
import { findImported, type ImportOutcome, restoreOriginal, storeImported } from "../store/imports.ts";
import { storePrompts } from "../store/prompts.ts";
import { chatFromClaude, isClaudeConversation } from "./chat-from-claude.ts";
import { chatFromExport, isExportedChat } from "./chat-from-export.ts";
import { chatFromChatGpt, isChatGptConversation } from "./chatgpt/to-chat.ts";
import { foldersFromExport } from "./export-folders.ts";
import { promptsFromExport } from "./export-prompts.ts";
import { emptyReport, type FileReport, type ImportEvent } from "./import-report.ts";
import { type ImportSource, readConversations, sourcesOf } from "./import-source.ts";
import { type ImportedChat, SkippedConversation, withOwnIds } from "./imported-chat.ts";
import { type FileKeeper, withKeptFiles } from "./keep-files.ts";
import { UnreadableFile } from "./split-json.ts";
import type { UnpackLimits } from "./unpack.ts";

export interface ImportEnvironment {
  db: Db;
  log: Pick<ReturnType<typeof getLog>, "error">;
  /** Milliseconds since 1970. */
  now: () => number;
  keepFile: FileKeeper;
  limits?: UnpackLimits;
}

const skippedListed = 200;
const progressEveryMs = 200;

/**
 * Imports the chats of one uploaded file, each in a transaction of its own, and ends with a report. Importing it again changes nothing:
 * chats are known by their source.
 */
export async function* importFile(
  environment: ImportEnvironment,
  accountId: string,
  upload: { name: string; handle: FileHandle; signal: AbortSignal },
): AsyncGenerator<ImportEvent> {
  const reports = new Map<string, FileReport>();
  try {
    for (const source of await sourcesOf(upload.name, upload.handle, environment.limits)) {
      if (source.holds === "folders") {
        await importFolders(environment, accountId, source);
        continue;
      }
      const report = reports.get(source.name) ?? emptyReport(source.name);
      reports.set(source.name, report);
      if (source.holds === "prompts") {
        report.format = "aigateway";
        report.prompts += await importPrompts(environment, accountId, source);
        continue;
      }
      yield* importSource(environment, { accountId, source, report, signal: upload.signal });
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    reports.set(upload.name, { ...emptyReport(upload.name), problem: error.problem });
  }
  yield { type: "report", files: [...reports.values()] };
}

/** What is not ours there is of no concern: another program's zip may have a file of that name. */
async function importFolders({ db }: ImportEnvironment, accountId: string, source: ImportSource) {
  for await (const value of readConversations(source)) {
    const folders = foldersFromExport(value);
    if (folders) await storeFolders(db, accountId, folders);
  }
}

/** Gives how many the account had not got. */
async function importPrompts({ db }: ImportEnvironment, accountId: string, source: ImportSource) {
  let count = 0;
  for await (const value of readConversations(source)) {
    const prompts = promptsFromExport(value);
    if (prompts) count += await storePrompts(db, accountId, prompts);
  }
  return count;
}

interface Work {
  accountId: string;
  source: ImportSource;
  report: FileReport;
  signal: AbortSignal;
}

async function* importSource(environment: ImportEnvironment, work: Work): AsyncGenerator<ImportEvent> {
  const { source, report, signal } = work;
  let toldAt = 0;
  let position = 0;
  try {
    for await (const value of readConversations(source)) {
      signal.throwIfAborted();
      position += 1;
      await importOne(environment, work, value, position);
      const now = environment.now();
      if (now - toldAt < progressEveryMs) continue;
      toldAt = now;
      yield { type: "progress", name: source.name, done: doneIn(report) };
    }
    if (doneIn(report) === 0) report.problem ??= "nothing_to_import";
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    report.problem = error.problem;
  }
}

function doneIn({ imported, updated, restored, present, skipped }: FileReport): number {
  return imported + updated + restored + present + skipped;
}

async function importOne(
  environment: ImportEnvironment,
  work: Work,
  value: unknown,
  position: number,
): Promise<void> {
  const { report, signal } = work;
  try {
    const chat = await readChat(value, report, new Date(environment.now()));
    report[await store(environment, work, chat)] += 1;
  } catch (error) {
    if (error instanceof UnreadableFile || signal.aborted) throw error;
    const known = error instanceof SkippedConversation;
    // One chat that cannot be stored does not keep the others out.
    if (!known) environment.log.error({ err: error }, "importing a chat failed");
    report.skipped += 1;
    if (report.skippedChats.length >= skippedListed) return;
    report.skippedChats.push({
      title: known ? error.label : null,
      position,
      reason: known ? error.reason : "failed",
    });
  }
}

/** @throws SkippedConversation, or UnreadableFile `unknown_format` for what looks like nobody's export */
async function readChat(value: unknown, report: FileReport, now: Date): Promise<ImportedChat> {
  if (value === null) throw new SkippedConversation("too_large");
  if (value === undefined) throw new SkippedConversation("broken_json");
  if (isExportedChat(value)) {
    report.format = "aigateway";
    return chatFromExport(value);
  }
  if (isChatGptConversation(value)) {
    report.format = "chatgpt";
    return chatFromChatGpt(value, now);
  }
  if (isClaudeConversation(value)) {
    report.format = "claude";
    return chatFromClaude(value, now);
  }
  if (report.format === null && doneIn(report) === 0) throw new UnreadableFile("unknown_format");
  throw new SkippedConversation("not_a_chat");
}

async function store(
  environment: ImportEnvironment,
  { accountId, source, report, signal }: Work,
  chat: ImportedChat,
): Promise<ImportOutcome> {
  const { db } = environment;
  const own = withOwnIds(chat, accountId);
  const found = await findImported(db, accountId, chat.sourceId);
  if (found?.isOriginal) return restoreOriginal(db, accountId, chat.sourceId);
  const missing = own.messages.filter(({ id }) => !found?.messageIds.has(id));
  if (found && !found.deleted && missing.length === 0) return "present";
  // Files of messages that are there already are not read again.
  const kept = await withKeptFiles(missing, {
    findFile: source.findFile,
    keep: (file) => environment.keepFile(accountId, { ...file, signal }),
  });
  report.filesKept += kept.kept;
  report.filesMissing += kept.missing;
  const byId = new Map(kept.messages.map((message) => [message.id, message]));
  const messages = own.messages.map((message) => byId.get(message.id) ?? message);
  return storeImported(db, accountId, { ...own, messages });
}
