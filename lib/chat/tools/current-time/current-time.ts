import { z } from "zod";
import { defineTool, ToolFailure } from "../tool.ts";

const zone = z.string().min(1).max(64);

export interface TimeInZone {
  timeZone: string;
  /** As it is said there: "Tuesday, 24 November 2026 at 21:04:45". */
  local: string;
  /** With the zone's offset: "2026-11-24T21:04:45+09:00". */
  iso: string;
}

export const currentTime = defineTool({
  name: "current_time",
  description:
    "Gives the current date and time in one or more time zones, or converts a given moment into them. Use it whenever an answer depends on today's date or the time.",
  inputSchema: z.object({
    time_zones: z
      .array(zone)
      .min(1)
      .max(10)
      .default(["UTC"])
      .describe("IANA names such as Asia/Tokyo, Europe/Berlin or UTC."),
    at: z.iso
      .datetime({ offset: true })
      .optional()
      .describe("The moment to convert, with its offset, such as 2026-03-01T15:00:00+01:00. Left out: now."),
  }),
  timeoutMs: 5_000,
  async run({ time_zones, at }, { host }) {
    const moment = new Date(at ?? host.now());
    return { times: time_zones.map((timeZone) => timeIn(timeZone, moment)) };
  },
});

/** @throws ToolFailure when there is no such zone */
export function timeIn(timeZone: string, moment: Date): TimeInZone {
  try {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      dateStyle: "full",
      timeStyle: "medium",
      hourCycle: "h23",
    });
    return { timeZone, local: parts.format(moment), iso: isoIn(timeZone, moment) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ToolFailure(
      `${timeZone} is not the name of a time zone. IANA names are known, such as Asia/Tokyo.`,
    );
  }
}

function isoIn(timeZone: string, moment: Date): string {
  // Swedish writes dates as ISO does.
  const text = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(moment);
  const offset = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" })
    .formatToParts(moment)
    .find(({ type }) => type === "timeZoneName")?.value;
  return `${text.replace(" ", "T")}${offset?.replace("GMT", "") || "Z"}`;
}
