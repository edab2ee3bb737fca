import { CircleAlert } from "lucide-react";

/** What is wrong with a form as a whole; read aloud when it appears. */
export function FormMessage({ children }: { children: string | null }) {
  return (
    <div role="alert" className="empty:hidden">
      {children && (
        <p className="flex items-start gap-2 rounded-control bg-danger-soft px-3 py-2 text-14">
          <CircleAlert aria-hidden="true" className="mt-[3px] size-4 shrink-0 text-danger" />
          <span className="min-w-0">{children}</span>
        </p>
      )}
    </div>
  );
}
