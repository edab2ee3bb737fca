import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** Opens without a script. */
export function Folded({
  summary,
  className,
  children,
}: {
  summary: ReactNode;
  className: string;
  children: ReactNode;
}) {
  return (
    <details className={`group/folded ${className}`}>
      <summary className="target -ml-1 flex cursor-pointer list-none items-center gap-2 rounded-control px-1 hover:text-foreground [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-4 shrink-0 transition-transform group-open/folded:rotate-90 motion-reduce:transition-none"
        />
        {summary}
      </summary>
      {children}
    </details>
  );
}
