import { CopyButton } from "./copy-button.tsx";

/** What a page says that could not be built: what happened, what is safe, what to do, and what to quote. */
export function FailureText({ error }: { error: unknown }) {
  const reference = readDigest(error);
  return (
    <div role="alert" className="min-w-0">
      <h1 className="text-28">This page could not be shown</h1>
      <p className="mt-3 text-16 text-muted">
        An error stopped it from being built. What was saved before is still there. Try again
        {reference ? "; if it keeps happening, the server’s log tells why under this reference." : "."}
      </p>
      {reference && (
        <p className="mt-3 flex items-center gap-1 text-13 text-muted">
          Reference <code className="font-mono text-foreground">{reference}</code>
          <CopyButton value={reference} what="reference" iconOnly />
        </p>
      )}
    </div>
  );
}

/** The hash Next gives to an error of the server, by which it is found in the log. */
function readDigest(error: unknown): string | null {
  if (!(error instanceof Error) || !("digest" in error)) return null;
  return typeof error.digest === "string" ? error.digest : null;
}
