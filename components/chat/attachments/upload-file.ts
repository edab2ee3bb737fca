import { pageAccountHeaders } from "#components/shell/page-account.tsx";
import { type FilePart, parseFilePart } from "#lib/chat/attachments/file-part.ts";
import { ChatProblem, problemOf } from "../chat-api.ts";

export interface UploadOptions {
  /** How much has left, 0 to 1. */
  onProgress(share: number): void;
  signal: AbortSignal;
}

/** Sends a file to the server; gives the part that shows it. @throws ChatProblem */
export async function uploadFile(file: File, options: UploadOptions): Promise<FilePart> {
  const response = await post(file, options);
  if (!response.ok) throw await problemOf(response);
  const body: unknown = await response.json();
  return parseFilePart(typeof body === "object" && body !== null && "file" in body ? body.file : null);
}

/** By XMLHttpRequest, because `fetch` does not tell how much has left. */
function post(file: File, { onProgress, signal }: UploadOptions): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open("POST", "/api/attachments");
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("x-file-name", encodeURIComponent(file.name.toWellFormed()));
    for (const [name, value] of Object.entries(pageAccountHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const headers = { "x-request-id": request.getResponseHeader("x-request-id") ?? "" };
      resolve(new Response(request.responseText, { status: request.status, headers }));
    };
    request.onerror = () =>
      reject(new ChatProblem("unreachable", "The server cannot be reached.", { status: 0 }));
    request.onabort = () => reject(new ChatProblem("aborted", "The upload was given up.", { status: 0 }));
    request.onloadend = () => signal.removeEventListener("abort", abort);
    signal.addEventListener("abort", abort);
    request.send(file);
  });
}
