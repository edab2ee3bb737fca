import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { readPdf } from "./read-pdf.ts";

const inputSchema = z.object({ bytes: z.instanceof(Uint8Array), maxPages: z.number(), maxChars: z.number() });

const { bytes, ...limits } = inputSchema.parse(workerData);
const read = await readPdf(bytes, limits);
parentPort?.postMessage(typeof read === "string" ? { ok: false, message: read } : { ok: true, value: read });
