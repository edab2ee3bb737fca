"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { revokeKey } from "./keys-api.ts";

/** Asks, naming the key, since a revocation cannot be undone. */
export function RevokeKey({ id, name }: { id: string; name: string }) {
  const router = useRouter();
  const [failure, setFailure] = useState<string>();

  async function revoke(): Promise<void> {
    const answer = await revokeKey(id);
    if (!answer.ok) {
      setFailure(answer.message);
      throw new Error(answer.message);
    }
    toast({ title: `The key “${name}” is revoked` });
    router.refresh();
  }

  return (
    <AlertDialog
      trigger={
        <Button variant="quiet" size="small" aria-label={`Revoke the key ${name}`}>
          Revoke
        </Button>
      }
      title={`Revoke the key “${name}”?`}
      description="Programs that use it are refused from now on. This cannot be undone; its requests stay in your usage."
      confirmLabel="Revoke key"
      failure={failure}
      onConfirm={revoke}
    />
  );
}
