import type { Alert, AlertKind } from "./alert.ts";

export type AlertChannel = "email" | "webhook";
export type DeliveryStatus = "pending" | "delivered" | "failed";

/** What came of one try. */
export interface Attempt {
  number: number;
  startedAt: Date;
  durationMs: number;
  /** Null where there was no answer. */
  httpStatus: number | null;
  /** Why it failed, in words; null of a success. */
  error: string | null;
  /** The beginning of the answer. */
  excerpt: string;
}

/** A delivery as its owner sees it. */
export interface DeliveryInfo {
  id: string;
  channel: AlertChannel;
  target: string;
  webhookId: string | null;
  status: DeliveryStatus;
  /** Null of a test. */
  alert: { kind: AlertKind; percent: number; keyName: string | null; ofAccount: boolean } | null;
  createdAt: Date;
  /** While it is pending and has failed before. */
  nextAttemptAt: Date | null;
  tries: Attempt[];
}

/** A delivery that this process is to try now. */
export interface DueDelivery {
  id: string;
  accountId: string;
  channel: AlertChannel;
  target: string;
  webhookId: string | null;
  createdAt: Date;
  /** This try, from 1. */
  number: number;
  /** Null of a test. */
  alert: Alert | null;
  /** What signs it, the newest first; of a webhook. */
  sealedSecrets: Uint8Array[];
  locale: "en" | "zh-CN";
}

/** What a try found out; `error` is null of a success. */
export type AttemptResult = Pick<Attempt, "httpStatus" | "error" | "excerpt">;
