import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { type FirstCall, firstCallSnippets } from "./first-call.ts";
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

/** Shows a secret its one time, with every way to use it filled in, until the person says it is stored. */
export function SecretDialog({ made, baseUrl, model, note, onClose }: SecretDialogProps) {
  const t = useTranslations("keys");
  return (
    <Dialog
      open={made !== null}
      locked
      title={made ? t("secret.title", { name: made.name }) : ""}
      description={[t("secret.text"), note].filter(Boolean).join(" ")}
      footer={<Button onClick={onClose}>{t("secret.stored")}</Button>}
    >
      {made && (
        <div className="flex min-w-0 flex-col gap-4">
          <SecretKey apiKey={made.apiKey} />
          <FirstCalls call={{ baseUrl, apiKey: made.apiKey, model }} label={t("snippets.label")} />
        </div>
      )}
    </Dialog>
  );
}

/** The first request in every way people make it, one tab each. */
export function FirstCalls({ call, label }: { call: FirstCall; label: string }) {
  const words = useTranslations("keys.snippets");
  const [first, ...others] = firstCallSnippets(call, words).map(({ id, label, what, code }) => ({
    value: id,
    label,
    content: <CodeBlock code={code} what={what} />,
  }));
  return first && <Tabs label={label} items={[first, ...others]} />;
}
