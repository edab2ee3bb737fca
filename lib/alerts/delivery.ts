import type { UnreachedReason } from "#lib/ops/guarded-fetch.ts";
import type { Alert, AlertKind } from "./alert.ts";

export type AlertChannel = "email" | "webhook";
export type DeliveryStatus = "pending" | "delivered" | "failed";

/** Why a try failed. */
export type DeliveryFailure =
  | UnreachedReason
  /** The webhook was switched off or deleted. */
  | "off"
  /** `AUTH_SECRET` is another one than when it was made. */
  | "unreadable_secret"
  /** It answered outside 200 to 299. */
  | "status"
  | "timeout"
  | "broke_off"
  | "mail_refused"
  | "mail_unreachable";

/** What came of one try. */
export interface Attempt {
  number: number;
  startedAt: Date;
  durationMs: number;
  /** Null where there was no answer. */
  httpStatus: number | null;
  /** A `DeliveryFailure`, of older tries a sentence in English; null of a success. */
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
export type AttemptResult = Pick<Attempt, "httpStatus" | "excerpt"> & { error: DeliveryFailure | null };
