import type { ReactNode } from "react";

/** The log of all accounts; `sheet` holds a request that was opened from it. */
export default function RequestsLayout({ children, sheet }: { children: ReactNode; sheet: ReactNode }) {
  return (
    <>
      {children}
      {sheet}
    </>
  );
}
