"use client";

import { ExternalLink } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type RefObject, useEffect, useState } from "react";
import { FormMessage } from "#components/forms/form-message.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { type Share, type ShareChoices, shareApi, sharePath } from "./share-api.ts";

export interface ShareDialogProps {
  chatId: string;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

type State = { phase: "loading" } | { phase: "ready"; share: Share | null } | { phase: "failed" };

const keepBack: ShareChoices = { reasoning: false, toolResults: false, name: false };

/** Makes, renews and ends the public page of a chat. */
export function ShareDialog({ chatId, onClose, returnFocusTo }: ShareDialogProps) {
  const t = useTranslations("data.share");
  const [state, setState] = useState<State>({ phase: "loading" });
  const [choices, setChoices] = useState(keepBack);
  const [failure, setFailure] = useState<string | null>(null);
  const [working, setWorking] = useState(false);

  useEffect(() => {
    let left = false;
    void shareApi.get(chatId).then((answer) => {
      if (left) return;
      if (!answer.ok) {
        setFailure(answer.message);
        setState({ phase: "failed" });
        return;
      }
      setState({ phase: "ready", share: answer.data });
      setChoices(answer.data?.choices ?? keepBack);
    });
    return () => {
      left = true;
    };
  }, [chatId]);

  async function take(isUpdate: boolean) {
    setWorking(true);
    const answer = await shareApi.take(chatId, choices);
    setWorking(false);
    setFailure(answer.ok ? null : answer.message);
    if (!answer.ok) return;
    setState({ phase: "ready", share: answer.data });
    if (isUpdate) toast({ title: t("updated") });
  }

  async function revoke(share: Share) {
    setWorking(true);
    const answer = await shareApi.revoke(share.id);
    setWorking(false);
    setFailure(answer.ok ? null : answer.message);
    if (!answer.ok) return;
    toast({ title: t("revoked") });
    onClose();
  }

  const share = state.phase === "ready" ? state.share : null;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      returnFocusTo={returnFocusTo}
      title={t("title")}
      description={t("intro")}
      footer={
        state.phase === "ready" && (
          <>
            {share && (
              <Button variant="quiet" disabled={working} onClick={() => void revoke(share)}>
                {t("revoke")}
              </Button>
            )}
            <Button variant="primary" pending={working} onClick={() => void take(share !== null)}>
              {share ? t("update") : t("create")}
            </Button>
          </>
        )
      }
    >
      {state.phase === "loading" && <Skeleton className="h-32" />}
      {state.phase === "ready" && (
        <div className="flex flex-col gap-4">
          <Choices choices={choices} onChange={setChoices} />
          {share && <LinkRow share={share} />}
        </div>
      )}
      <FormMessage>{failure}</FormMessage>
    </Dialog>
  );
}

function Choices({
  choices,
  onChange,
}: {
  choices: ShareChoices;
  onChange: (choices: ShareChoices) => void;
}) {
  const t = useTranslations("data.share");
  const rows = [
    { key: "reasoning", label: t("reasoning"), hint: t("reasoningHint") },
    { key: "toolResults", label: t("toolResults"), hint: t("toolResultsHint") },
    { key: "name", label: t("name"), hint: null },
  ] as const;
  return (
    <fieldset>
      <legend className="mb-1 text-13 text-muted">{t("include")}</legend>
      {rows.map(({ key, label, hint }) => (
        <label key={key} className="target flex cursor-pointer items-center gap-3 py-1 text-14">
          <input
            type="checkbox"
            checked={choices[key]}
            onChange={(event) => onChange({ ...choices, [key]: event.target.checked })}
            className="size-4 shrink-0 accent-accent"
          />
          <span>
            {label}
            {hint && <span className="block text-13 text-muted">{hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function LinkRow({ share }: { share: Share }) {
  const t = useTranslations("data.share");
  const format = useFormatter();
  const path = sharePath(share.token);
  const address = new URL(path, window.location.origin).href;
  const time = format.dateTime(new Date(share.takenAt), { dateStyle: "medium", timeStyle: "short" });
  return (
    <div>
      <TextField label={t("link")} hint={t("taken", { time })} value={address} readOnly dir="ltr" />
      <div className="mt-2 flex flex-wrap gap-2">
        <CopyButton value={address} what={t("linkCopied")} />
        <ButtonLink href={path} target="_blank" prefetch={false} size="small" variant="quiet">
          <ExternalLink aria-hidden="true" className="size-4" />
          {t("open")}
        </ButtonLink>
      </div>
    </div>
  );
}
