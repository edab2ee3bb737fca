"use client";

import { CircleAlert, LogIn, RotateCw, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ToolChoice } from "#lib/chat/tools/approval.ts";
import type { SourceEntry } from "#lib/chat/tools/settings.ts";
import { ToolRow, ToolSwitch } from "./tool-row.tsx";
import { toolsApi } from "./tools-api.ts";

export interface SourceCardProps {
  source: SourceEntry;
  onChoose(choice: ToolChoice): void;
  /** Runs an act and shows the page anew. */
  act(work: Promise<void>): Promise<void>;
}

/** A source of tools: how it is reached, how its last check went, its tools. */
export function SourceCard({ source, onChoose, act }: SourceCardProps) {
  const t = useTranslations("tools.settings");
  const [checking, setChecking] = useState(false);
  const { id, kind, name, url, auth, enabled, checkError, tools } = source;

  async function check() {
    setChecking(true);
    await act(toolsApi.check(id));
    setChecking(false);
  }

  return (
    <section aria-label={name} className="overflow-hidden rounded-card border border-border">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-surface px-4 py-3">
        <div className="min-w-0 flex-1 basis-48">
          <h3 className="truncate font-medium text-14">{name}</h3>
          <p className="truncate text-13 text-muted">
            {t(`kinds.${kind}`)} · {url || t("pasted")} · {t("tools", { count: tools.length })}
          </p>
        </div>
        {auth === "oauth" && <SignInButton source={source} act={act} />}
        {url !== "" && (
          <Button size="small" variant="quiet" pending={checking} onClick={check}>
            {!checking && <RotateCw aria-hidden="true" />}
            {t("check")}
          </Button>
        )}
        <AlertDialog
          trigger={
            <Button size="small" variant="quiet">
              <Trash2 aria-hidden="true" />
              {t("remove")}
            </Button>
          }
          title={t("removeTitle", { name })}
          description={t("removeWarning")}
          confirmLabel={t("remove")}
          onConfirm={() => act(toolsApi.remove(id))}
        />
        <ToolSwitch
          label={t("use", { tool: name })}
          checked={enabled}
          onChange={(on) => void act(toolsApi.switchSource(id, on))}
        />
      </header>
      {checkError !== null && (
        <p role="alert" className="flex items-start gap-2 bg-danger-soft px-4 py-2.5 text-13">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
          <span className="min-w-0 break-words">
            <strong className="font-medium">{t("checkFailed")}.</strong> {checkError}
          </span>
        </p>
      )}
      {enabled && tools.length > 0 && (
        <ul className="divide-y divide-border border-border border-t">
          {tools.map((entry) => (
            <ToolRow key={entry.tool} entry={entry} onChoose={onChoose} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Leaves for the page where the server's people sign in; it leads back here. */
function SignInButton({ source, act }: Pick<SourceCardProps, "source" | "act">) {
  const t = useTranslations("tools.settings");
  const [leaving, setLeaving] = useState(false);

  async function leave() {
    setLeaving(true);
    await act(
      toolsApi.signIn(source.id).then((url) => {
        if (url !== null) window.location.assign(url);
      }),
    );
    setLeaving(false);
  }

  return (
    <Button
      size="small"
      variant={source.checkError === null ? "quiet" : "primary"}
      pending={leaving}
      onClick={leave}
    >
      {!leaving && <LogIn aria-hidden="true" />}
      {t(source.checkError === null ? "signInAgain" : "signIn")}
    </Button>
  );
}
