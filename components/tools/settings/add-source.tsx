"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { asProblem } from "#components/chat/chat-api.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { inputStyle, TextField } from "#components/ui/text-field.tsx";
import { type Signing, SigningFields } from "./signing-fields.tsx";
import { type NewSource, toolsApi } from "./tools-api.ts";

/** A button and the dialog behind it: adds a source of tools. */
export function AddSource({ onAdded }: { onAdded: () => void }) {
  const t = useTranslations("tools.settings");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="small">
          <Plus aria-hidden="true" />
          {t("add")}
        </Button>
      }
      title={t("addTitle")}
    >
      <SourceForm
        onDone={() => {
          setOpen(false);
          onAdded();
        }}
        onCancel={() => setOpen(false)}
      />
    </Dialog>
  );
}

function SourceForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const t = useTranslations("tools.settings");
  const [kind, setKind] = useState<"mcp" | "openapi">("mcp");
  const [signing, setSigning] = useState<Signing>("none");
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const documentId = useId();

  function choose(next: "mcp" | "openapi") {
    setKind(next);
    if (next === "openapi" && signing === "oauth") setSigning("none");
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setPending(true);
    setFailure(null);
    try {
      await toolsApi.add(readForm(new FormData(event.currentTarget), kind));
      onDone();
    } catch (error) {
      setFailure(asProblem(error).message);
      setPending(false);
    }
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <fieldset className="flex gap-4 text-14">
        <legend className="mb-1.5 font-medium text-13">{t("kind")}</legend>
        {(["mcp", "openapi"] as const).map((one) => (
          <label key={one} className="target flex items-center gap-2">
            <input type="radio" name="kind" checked={kind === one} onChange={() => choose(one)} />
            {t(`kinds.${one}`)}
          </label>
        ))}
      </fieldset>
      <TextField label={t("name")} name="name" hint={t("nameHint")} required maxLength={60} />
      <TextField label={t(`url.${kind}`)} name="url" type="url" required={kind === "mcp"} />
      {kind === "openapi" && (
        <div className="flex flex-col gap-1.5">
          <label htmlFor={documentId} className="font-medium text-13">
            {t("document")}
          </label>
          <textarea id={documentId} name="document" rows={5} className={`${inputStyle} py-2 font-mono`} />
        </div>
      )}
      <SigningFields kind={kind} value={signing} onChange={setSigning} />
      {failure !== null && (
        <p role="alert" className="text-13 text-danger">
          {failure}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <Button type="submit" variant="primary" pending={pending}>
          {t("submit")}
        </Button>
      </div>
    </form>
  );
}

function readForm(form: FormData, kind: "mcp" | "openapi"): NewSource {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const [header, client] = [text("headerValue"), text("clientId")];
  return {
    kind,
    name: text("name"),
    url: text("url"),
    document: kind === "openapi" && text("url") === "" ? text("document") : null,
    header: header === "" ? null : { name: text("headerName") || "Authorization", value: header },
    oauthClient: client === "" ? null : { id: client, secret: text("clientSecret") || null },
  };
}
