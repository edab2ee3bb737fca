import { z } from "zod";
import { fileReaderOf } from "#app/api/account/files.ts";
import { required } from "#app/api/chats/refuse.ts";
import { downloadHeaders } from "#app/api/download.ts";
import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { readWholeChat } from "#lib/chat/store/exports.ts";
import { chatFiles, fileNameOf } from "#lib/chat/transfer/export-files.ts";
import { packZip } from "#lib/chat/transfer/pack.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";

const kinds = {
  markdown: { extension: "md", contentType: "text/markdown; charset=utf-8" },
  json: { extension: "json", contentType: "application/json" },
} as const;
const formatSchema = z.enum(["markdown", "json"]);

/** A chat to keep: `format=markdown` to read, `format=json` with all branches. A zip when files belong to it. */
export const GET = handle<{ params: Promise<{ chatId: string }> }>(async (request, { params }) => {
  const account = await requireApiAccount();
  const format = formatSchema.safeParse(new URL(request.url).searchParams.get("format")).data;
  if (!format) {
    throw new ApiError("invalid_request", "`format` must be `markdown` or `json`.", { param: "format" });
  }
  const chat = required(await readWholeChat(getDb(), account.id, (await params).chatId));
  const name = fileNameOf(chat);
  const made = await chatFiles(chat, format, { readFile: fileReaderOf(account.id), now: new Date() });
  if ("text" in made) {
    const { extension, contentType } = kinds[format];
    return new Response(made.text, { headers: downloadHeaders(`${name}.${extension}`, contentType) });
  }
  return new Response(packZip(made.files), { headers: downloadHeaders(`${name}.zip`, "application/zip") });
});
