import { type FileReport, type ImportEvent, importEventSchema } from "#lib/chat/transfer/import-report.ts";

export type ImportStep =
  | { phase: "uploading"; name: string; share: number }
  | { phase: "reading"; name: string; done: number };

export type ImportEnd =
  | { kind: "report"; files: FileReport[] }
  | { kind: "failed"; requestId: string }
  | { kind: "refused"; message: string }
  | { kind: "unreachable" }
  | { kind: "stopped" };

/** The complete lines of what has come so far, as events. */
function eventsIn(text: string): ImportEvent[] {
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  return lines.filter((line) => line !== "").map((line) => importEventSchema.parse(JSON.parse(line)));
}

function refusalOf(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    const error = typeof body === "object" && body !== null && "error" in body ? body.error : null;
    if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
  } catch {
    // Not from this program: a proxy's page, perhaps.
  }
  return "";
}

/**
 * Uploads a file and follows its import. An XMLHttpRequest, because `fetch` does not tell how much has been sent.
 */
export function uploadImport(
  file: File,
  options: { onStep: (step: ImportStep) => void; signal: AbortSignal },
): Promise<ImportEnd> {
  const { promise, resolve } = Promise.withResolvers<ImportEnd>();
  const request = new XMLHttpRequest();
  request.open("POST", `/api/account/import?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.upload.onprogress = ({ loaded, total }) =>
    options.onStep({ phase: "uploading", name: file.name, share: total > 0 ? loaded / total : 0 });
  request.upload.onload = () => options.onStep({ phase: "reading", name: file.name, done: 0 });
  request.onprogress = () => {
    const last = request.status === 200 ? eventsIn(request.responseText).at(-1) : undefined;
    if (last?.type === "progress") options.onStep({ phase: "reading", name: last.name, done: last.done });
  };
  request.onload = () => resolve(endOf(request));
  request.onerror = () => resolve({ kind: "unreachable" });
  request.onabort = () => resolve({ kind: "stopped" });
  options.signal.addEventListener("abort", () => request.abort());
  request.send(file);
  return promise;
}

function endOf({ status, responseText }: XMLHttpRequest): ImportEnd {
  if (status !== 200) return { kind: "refused", message: refusalOf(responseText) };
  const last = eventsIn(responseText).at(-1);
  if (last?.type === "report") return { kind: "report", files: last.files };
  return last?.type === "failed" ? { kind: "failed", requestId: last.requestId } : { kind: "unreachable" };
}
