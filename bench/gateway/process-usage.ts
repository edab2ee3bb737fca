import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }).trim());

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The process has ended.
    return "";
  }
}

/** Fields of /proc/PID/stat from the state on: the name before them may hold spaces. */
function statOf(pid: number): string[] {
  const text = readText(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/** CPU seconds that a process has used. */
export function cpuSeconds(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat[11] ?? 0) + Number(stat[12] ?? 0)) / ticksPerSecond;
}

/** CPU seconds of all living children of a process, such as a PostgreSQL's connections, and of itself. */
export function cpuSecondsOfFamily(pid: number): number {
  const children = readdirSync("/proc")
    .map(Number)
    .filter((candidate) => candidate > 0 && Number(statOf(candidate)[1]) === pid);
  return [pid, ...children].reduce((sum, member) => sum + cpuSeconds(member), 0);
}

/** Resident memory of a process in bytes, now and at its highest. */
export function residentBytes(pid: number): { now: number; peak: number } {
  const status = readText(`/proc/${pid}/status`);
  const kilobytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
  return { now: kilobytes("VmRSS") * 1024, peak: kilobytes("VmHWM") * 1024 };
}
