import { readdirSync, readFileSync } from "node:fs";

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

/**
 * CPU seconds that the living threads of a process have used, to the nanosecond: what /proc/PID/stat counts are ticks of 10 ms, of which a
 * window of paced streams has a dozen. Source: https://docs.kernel.org/scheduler/sched-stats.html
 */
export function cpuSeconds(pid: number): number {
  return threadsOf(pid).reduce((sum, thread) => {
    const [nanoseconds] = readText(`/proc/${pid}/task/${thread}/schedstat`).split(" ");
    return sum + Number(nanoseconds) / 1e9;
  }, 0);
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    // The process has ended.
    return [];
  }
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
