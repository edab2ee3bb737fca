import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { decodeHeic } from "./decode-heic.ts";

const inputSchema = z.object({ bytes: z.instanceof(Uint8Array), maxPixels: z.number() });

const { bytes, maxPixels } = inputSchema.parse(workerData);
const decoded = await decodeHeic(bytes, maxPixels);
if (typeof decoded === "string") parentPort?.postMessage({ ok: false, message: decoded });
else parentPort?.postMessage({ ok: true, value: decoded }, [decoded.data.buffer]);
