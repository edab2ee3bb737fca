import type { Metadata } from "next";
import { paths } from "#components/shell/paths.ts";
import { ButtonLink } from "#components/ui/button.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-120 flex-col items-start justify-center gap-6 px-6 py-12">
      <div>
        <p className="figures text-14 text-muted">404</p>
        <h1 className="mt-1 text-28">There is no such page</h1>
        <p className="mt-3 text-16 text-muted">
          The address may be mistyped, or what stood here was deleted or belongs to another account.
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href={paths.chat} variant="primary">
          Go to the chat
        </ButtonLink>
        <ButtonLink href={paths.docs}>Read the docs</ButtonLink>
      </div>
    </main>
  );
}
