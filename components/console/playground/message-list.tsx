import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { type DraftMessage, draftRoles } from "./draft.ts";

export interface MessageListProps {
  messages: readonly DraftMessage[];
  onChange: (messages: readonly DraftMessage[]) => void;
  newKey: () => string;
}

/** The messages of a request, each with its role, in the order they are sent. */
export function MessageList({ messages, onChange, newKey }: MessageListProps) {
  const t = useTranslations("playground.messages");
  const change = (key: string, fields: Partial<DraftMessage>) =>
    onChange(messages.map((each) => (each.key === key ? { ...each, ...fields } : each)));
  const add = () => {
    const role = messages.at(-1)?.role === "user" ? "assistant" : "user";
    onChange([...messages, { key: newKey(), role, content: "" }]);
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="sr-only">{t("label")}</legend>
      {messages.map(({ key, role, content }, index) => (
        <div
          key={key}
          className="rounded-card border border-control/60 bg-overlay focus-within:border-control"
        >
          <div className="flex items-center justify-between gap-2 border-border border-b px-2 py-1">
            <select
              aria-label={t("role", { number: index + 1 })}
              value={role}
              onChange={(event) => {
                const chosen = draftRoles.find((each) => each === event.target.value);
                if (chosen) change(key, { role: chosen });
              }}
              className="target rounded-control bg-overlay px-1.5 font-medium text-13 touch:text-16"
            >
              {draftRoles.map((each) => (
                <option key={each} value={each}>
                  {t(each)}
                </option>
              ))}
            </select>
            {messages.length > 1 && (
              <IconButton
                label={t("remove", { number: index + 1 })}
                icon={<Trash2 />}
                onClick={() => onChange(messages.filter((each) => each.key !== key))}
              />
            )}
          </div>
          <textarea
            aria-label={t("content", { number: index + 1 })}
            placeholder={t(`placeholder.${role}`)}
            value={content}
            dir="auto"
            rows={role === "user" ? 4 : 2}
            onChange={(event) => change(key, { content: event.target.value })}
            className="field-sizing-content block max-h-96 min-h-16 w-full resize-y bg-transparent px-3.5 py-2.5 text-14 outline-none touch:text-16"
          />
        </div>
      ))}
      <Button size="small" variant="quiet" onClick={add} className="self-start">
        <Plus aria-hidden="true" />
        {t("add")}
      </Button>
    </fieldset>
  );
}
