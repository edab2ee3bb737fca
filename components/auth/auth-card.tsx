import type { ReactNode } from "react";

export interface AuthCardProps {
  title: string;
  /** One sentence under the title. */
  lead: ReactNode;
  children: ReactNode;
  /** The way to the other form. */
  foot: ReactNode;
}

/** The frame of sign-in and sign-up: a narrow column, slightly above the middle. */
export function AuthCard({ title, lead, children, foot }: AuthCardProps) {
  return (
    <div className="mx-auto flex w-full max-w-100 flex-1 flex-col px-4 py-10 sm:py-[10vh]">
      <h1 className="text-28">{title}</h1>
      <p className="mt-2 text-pretty text-14 text-muted">{lead}</p>
      <div className="mt-8">{children}</div>
      <p className="mt-6 text-14 text-muted">{foot}</p>
    </div>
  );
}
