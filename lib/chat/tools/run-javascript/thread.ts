import { parentPort, workerData } from "node:worker_threads";
import { runSandboxed } from "./sandbox.ts";

parentPort?.postMessage({ ok: true, value: await runSandboxed(String(workerData), { timeoutMs: 5_000 }) });
