"use client";

import "./globals.css";
import { Button } from "#components/ui/button.tsx";
import { FailureText } from "#components/ui/failure-text.tsx";

export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>The page could not be shown · AIgateway</title>
        <main className="mx-auto flex min-h-dvh max-w-120 flex-col items-start justify-center gap-6 px-6 py-12">
          <FailureText error={error} />
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        </main>
      </body>
    </html>
  );
}
