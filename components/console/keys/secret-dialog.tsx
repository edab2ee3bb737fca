import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { curlCommand } from "./first-call.ts";
import { SecretKey } from "./secret-key.tsx";

export interface SecretDialogProps {
  /** The key that was made; null while there is none. */
  made: { name: string; apiKey: string } | null;
  baseUrl: string;
  model: string;
  /** What the person must know besides; a sentence. */
  note?: string;
  onClose: () => void;
}

/** Shows a secret its one time, until the person says it is stored. */
export function SecretDialog({ made, baseUrl, model, note, onClose }: SecretDialogProps) {
  return (
    <Dialog
      open={made !== null}
      locked
      title={made ? `The key “${made.name}”` : ""}
      description={`It is shown this once. Copy it to where it will be used before you close this.${note === undefined ? "" : ` ${note}`}`}
      footer={<Button onClick={onClose}>I have stored the key</Button>}
    >
      {made && (
        <div className="flex min-w-0 flex-col gap-4">
          <SecretKey apiKey={made.apiKey} />
          <CodeBlock code={curlCommand({ baseUrl, apiKey: made.apiKey, model })} what="curl command" />
        </div>
      )}
    </Dialog>
  );
}
