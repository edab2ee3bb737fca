"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { overlayStore } from "./overlay-store.ts";
import { type Chord, capsOf, type ShortcutId, shortcuts } from "./shortcuts.ts";
import { useMac } from "./use-mac.ts";

const groups = {
  everywhere: ["palette", "search", "help", "newChat", "sidebar", "previousChat", "nextChat"],
  requests: ["nextRow", "previousRow"],
  chat: ["focusComposer", "prompts", "editLast", "stop", "copyAnswer", "regenerate"],
} as const satisfies Record<string, readonly ShortcutId[]>;

/** Every shortcut, as its keys are written on this computer. */
export function HelpSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shell.shortcuts");
  const mac = useMac();
  return (
    <Dialog open onOpenChange={onClose} title={t("title")} returnFocusTo={overlayStore.opener}>
      {(["everywhere", "chat", "requests"] as const).map((group) => (
        <section key={group} aria-label={t(group)} className="mb-4 last:mb-0">
          <h3 className="mb-1 font-medium text-12 text-muted">{t(group)}</h3>
          <dl className="divide-y divide-border">
            {groups[group].map((id) => (
              <div key={id} className="flex min-h-9 items-center justify-between gap-4 text-14">
                <dt>{t(`names.${id}`)}</dt>
                <dd className="flex shrink-0 items-center gap-2">
                  {writtenChords(id, mac).map((caps) => (
                    <Kbd key={caps.join()} keys={caps} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}

/** Each way to press it once, also where it is the same at several places. */
function writtenChords(id: ShortcutId, mac: boolean): (readonly string[])[] {
  const chords: readonly Chord[] = shortcuts[id];
  return [...new Map(chords.map((chord) => [capsOf(chord, mac).join(), capsOf(chord, mac)])).values()];
}
