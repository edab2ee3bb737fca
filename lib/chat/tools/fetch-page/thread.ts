import { parentPort, workerData } from "node:worker_threads";
import { readable } from "./readable.ts";

parentPort?.postMessage({ ok: true, value: readable(String(workerData)) });
