import type { RequestSource } from "./metered-request.ts";
import { failingStatuses, type SettledStatus } from "./settlement.ts";

/** Whose usage: never left out, so that no query can forget it. */
export type UsageScope = { kind: "account"; accountId: string } | { kind: "installation" };

/** What usage can be told apart by. A request of the chat has no key, one that succeeded no error. */
export const usageDimensions = ["account", "key", "model", "source", "tag", "status", "error"] as const;
export type UsageDimension = (typeof usageDimensions)[number];

/** Only requests with one of the values; what is left out is not asked about. */
export interface UsageFilter {
  /** For the whole installation; one account has no others. */
  account?: readonly string[];
  key?: readonly string[];
  model?: readonly string[];
  source?: readonly RequestSource[];
  /** The empty tag is that of requests without one. */
  tag?: readonly string[];
  status?: readonly SettledStatus[];
  error?: readonly string[];
}

/** [from, to), both at quarters of an hour. */
export interface UsageRange {
  from: Date;
  to: Date;
}

/** The dimensions that a filter asks about. */
export function filteredDimensions(filter: UsageFilter): UsageDimension[] {
  return usageDimensions.filter((dimension) => filter[dimension] !== undefined);
}

/** Whether a filter lets through only requests that did not succeed: one that did has no error. */
export function isFailing({ status, error }: UsageFilter): boolean {
  return (
    (status !== undefined && !status.includes("succeeded")) || (error !== undefined && !error.includes(""))
  );
}

/** The ways not to succeed that a filter lets through. */
export function failingStatusesOf({ status }: UsageFilter): SettledStatus[] {
  return failingStatuses.filter((each) => status === undefined || status.includes(each));
}
