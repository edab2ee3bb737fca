import { parentPort, workerData } from "node:worker_threads";
import { evaluate } from "./evaluate.ts";

const answer = evaluate(String(workerData));
parentPort?.postMessage(answer);
