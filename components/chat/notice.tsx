import { CircleAlert, CirclePause } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

export interface NoticeProps {
  tone: "danger" | "quiet";
  title: ReactNode;
  children?: ReactNode;
  requestId?: string | null | undefined;
  actions?: ReactNode;
}

/** What happened to a reply, in its place in the thread: what, why, what to do. */
export function Notice({ tone, title, children, requestId, actions }: NoticeProps) {
  const tall = Boolean(children || requestId);
  const Icon = tone === "danger" ? CircleAlert : CirclePause;
  return (
    <div
      className={classNames(
        "flex flex-wrap gap-x-3 gap-y-2 rounded-card px-3.5 py-2.5 text-14",
        tall ? "items-start" : "items-center",
        tone === "danger" ? "bg-danger-soft" : "bg-surface",
      )}
    >
      <Icon
        aria-hidden="true"
        className={classNames(
          "size-4 shrink-0",
          tall && "mt-[3px]",
          tone === "danger" ? "text-danger" : "text-muted",
        )}
      />
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">{title}</p>
        {children && <div className="break-words text-13 text-muted">{children}</div>}
        {requestId && <p className="mt-0.5 break-all font-mono text-12 text-muted">{requestId}</p>}
      </div>
      {actions && <div className="-my-0.5 ml-auto flex flex-wrap gap-1.5">{actions}</div>}
    </div>
  );
}
