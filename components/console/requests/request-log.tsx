"use client";

import { ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import type { LoggedRequest } from "#lib/usage/logged-request.ts";
import { toCursor } from "#lib/usage/request-cursor.ts";
import { type UsageParams, usageHref } from "../usage/usage-href.ts";
import { RequestTable } from "./request-table.tsx";
import { useLogTail } from "./use-log-tail.ts";

export interface RequestLogProps {
  path: string;
  /** Where what has come since is asked for. */
  tailPath: string;
  /** The range and the filters. */
  params: UsageParams;
  /** The cursor that the page was asked with; undefined for the newest. */
  after?: string | undefined;
  requests: readonly LoggedRequest[];
  /** Where the list goes on; null at its end. */
  nextCursor: string | null;
  /** Whether new requests may come into this range. */
  canFollow: boolean;
  /** When the page was built, ISO 8601. */
  builtAt: string;
  /** What stands in the place of the list when there is none. */
  empty: ReactNode;
}

/** The list of requests with its pages; the newest page can be followed as requests come. */
export function RequestLog(props: RequestLogProps) {
  const { path, tailPath, params, after, nextCursor, canFollow, builtAt, empty } = props;
  const t = useTranslations("requests");
  const [following, setFollowing] = useState(false);
  const section = useRef<HTMLElement>(null);
  const isReadingOn = () => {
    const list = section.current?.querySelector("[data-part=log]");
    return (list?.scrollTop ?? 0) > 0 || (section.current?.getBoundingClientRect().top ?? 0) < 0;
  };
  const log = useLogTail({ on: following, tailPath, rows: props.requests, builtAt, params, isReadingOn });
  const { rows, waiting, cut } = log.state;
  const last = rows.at(-1);
  const older = cut && last ? toCursor({ createdAt: new Date(last.createdAt), id: last.id }) : nextCursor;
  const show = () => {
    log.showWaiting();
    section.current?.querySelector("[data-part=log]")?.scrollTo({ top: 0 });
    section.current?.scrollIntoView({ block: "start" });
  };
  return (
    <section id="requests" ref={section} aria-labelledby="requests-title" className="scroll-mt-4">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="requests-title" className="text-16">
          {after === undefined ? t("latest") : t("older")}
        </h2>
        {canFollow && <FollowSwitch on={following} onChange={setFollowing} failure={log.failure} />}
      </div>
      {waiting.length > 0 && (
        <p className="sticky top-2 z-20 mb-2 flex h-0 justify-center overflow-visible" role="status">
          <Button size="small" variant="primary" onClick={show} className="shadow-float">
            <ArrowUp aria-hidden="true" />
            {t("tail.waiting", { count: waiting.length })}
          </Button>
        </p>
      )}
      {rows.length > 0 ? (
        <RequestTable requests={rows} path={path} params={{ ...params, after }} />
      ) : (
        <div className="rounded-card border border-border px-4 py-8 text-center text-muted">
          {following ? t("tail.none") : empty}
        </div>
      )}
      <div className="mt-3 flex justify-end gap-2">
        {after !== undefined && (
          <ButtonLink size="small" href={usageHref(path, params)} scroll={false}>
            {t("goNewest")}
          </ButtonLink>
        )}
        {older !== null && (
          <ButtonLink size="small" href={usageHref(path, params, { after: older })} scroll={false}>
            {t("goOlder")}
          </ButtonLink>
        )}
      </div>
    </section>
  );
}

interface FollowSwitchProps {
  on: boolean;
  onChange: (on: boolean) => void;
  failure: string | null;
}

function FollowSwitch({ on, onChange, failure }: FollowSwitchProps) {
  const t = useTranslations("requests.tail");
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-3">
      {failure !== null && (
        <p role="alert" className="text-13 text-danger">
          {failure}
        </p>
      )}
      <button
        type="button"
        role="switch"
        aria-checked={on}
        title={t("hint")}
        onClick={() => onChange(!on)}
        className="target group inline-flex items-center gap-2 rounded-control px-2 text-13 text-muted hover:bg-raised hover:text-foreground"
      >
        <span
          aria-hidden="true"
          className="relative h-4.5 w-8 rounded-full bg-control transition-colors group-aria-checked:bg-positive"
        >
          <span className="absolute top-0.5 left-0.5 size-3.5 rounded-full bg-background transition-transform group-aria-checked:translate-x-3.5" />
        </span>
        {t("label")}
      </button>
    </div>
  );
}
