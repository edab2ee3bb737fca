import type { ReactNode } from "react";

export interface EmptyStateProps {
  icon?: ReactNode;
  /** What is not there yet: "No requests yet". */
  title: string;
  /** What will appear here and how to make it appear. */
  children?: ReactNode;
  /** A button, or the curl to paste. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex w-full max-w-160 flex-col items-center px-4 py-12 text-center">
      {icon && (
        <span
          aria-hidden="true"
          className="mb-4 grid size-11 place-items-center rounded-card bg-raised text-muted [&_svg]:size-5"
        >
          {icon}
        </span>
      )}
      <h2 className="text-16">{title}</h2>
      {children && <div className="mt-1.5 max-w-110 text-pretty text-14 text-muted">{children}</div>}
      {action && (
        <div className="mt-5 flex w-full min-w-0 flex-col items-center [&>figure]:w-full [&>figure]:text-left">
          {action}
        </div>
      )}
    </div>
  );
}
