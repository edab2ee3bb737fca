import Link from "next/link";
import { ButtonLink } from "#components/ui/button.tsx";
import type { MeteredRequest, RequestSource } from "#lib/usage/metered-request.ts";
import { RequestTable } from "./request-table.tsx";
import { sourceWords } from "./request-words.ts";

export interface RequestSectionProps {
  requests: readonly MeteredRequest[];
  keyNames: Readonly<Record<string, string>>;
  /** Only requests of this source are shown. */
  source: RequestSource | undefined;
  /** Where the list goes on; null at its end. */
  nextCursor: string | null;
  /** False when older ones are shown. */
  atNewest: boolean;
}

const filters: readonly (RequestSource | undefined)[] = [undefined, "api", "chat"];

/** The list of requests with its filter and its pages. */
export function RequestSection({ requests, keyNames, source, nextCursor, atNewest }: RequestSectionProps) {
  return (
    <section id="requests" aria-labelledby="requests-title" className="scroll-mt-4">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="requests-title" className="text-16">
          {atNewest ? "Latest requests" : "Older requests"}
        </h2>
        <nav aria-label="Source" className="flex gap-1">
          {filters.map((filter) => (
            <Link
              key={filter ?? "all"}
              href={pageHref(filter)}
              scroll={false}
              aria-current={filter === source ? "true" : undefined}
              className="target inline-flex items-center rounded-control px-3 text-13 text-muted hover:bg-raised hover:text-foreground aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-foreground"
            >
              {filter === undefined ? "All" : sourceWords[filter]}
            </Link>
          ))}
        </nav>
      </div>
      {requests.length > 0 ? (
        <RequestTable requests={requests} keyNames={keyNames} />
      ) : (
        <p className="rounded-card border border-border px-4 py-8 text-center text-muted">
          {source === undefined
            ? "No older requests."
            : `No requests by ${source === "api" ? "API" : "chat"} here.`}
        </p>
      )}
      <div className="mt-3 flex justify-end gap-2">
        {!atNewest && (
          <ButtonLink size="small" href={pageHref(source)} scroll={false}>
            Newest
          </ButtonLink>
        )}
        {nextCursor !== null && (
          <ButtonLink size="small" href={pageHref(source, nextCursor)} scroll={false}>
            Older
          </ButtonLink>
        )}
      </div>
    </section>
  );
}

function pageHref(source: RequestSource | undefined, after?: string): string {
  const query = new URLSearchParams({
    ...(source === undefined ? {} : { source }),
    ...(after === undefined ? {} : { after }),
  });
  return query.size === 0 ? "/usage" : `/usage?${query}`;
}
