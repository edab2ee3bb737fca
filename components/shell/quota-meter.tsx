import Link from "next/link";
import { Meter } from "#components/ui/meter.tsx";
import { paths } from "./paths.ts";

export interface Quota {
  /** Free requests a day. */
  limit: number;
  /** Requests made today. */
  used: number;
  /** When the count begins anew. */
  resetsAt: Date | string;
}

/** "88 of 100 free requests left today", leading to the usage page. */
export function QuotaMeter({ quota }: { quota: Quota }) {
  const left = Math.max(0, quota.limit - quota.used);
  const tone = left === 0 ? "danger" : left * 10 <= quota.limit ? "warning" : "accent";
  const resets = new Date(quota.resetsAt).toISOString().slice(11, 16);
  return (
    <Link
      href={paths.usage}
      title={`${left} of ${quota.limit} free requests left today. The count begins anew at ${resets} UTC.`}
      className="figures block rounded-control px-2.5 py-2 text-12 text-muted transition-colors hover:bg-raised"
    >
      <span className="mb-1.5 block rail-narrow:sr-only">
        {left === 0 ? (
          <>No free requests left until {resets} UTC</>
        ) : (
          <>
            <span className="font-medium text-foreground">{left}</span> of {quota.limit} free requests left
            today
          </>
        )}
      </span>
      <Meter
        label="Free requests left today"
        value={left}
        max={quota.limit}
        valueText={`${left} of ${quota.limit}`}
        tone={tone}
      />
    </Link>
  );
}
