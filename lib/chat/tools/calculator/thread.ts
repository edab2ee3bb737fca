import { parentPort } from "node:worker_threads";
import { evaluate } from "./evaluate.ts";

parentPort?.on("message", (expression: unknown) => parentPort?.postMessage(evaluate(String(expression))));
