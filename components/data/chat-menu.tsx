"use client";

import { Ellipsis, FileJson, FileText, Printer, Share } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useActs } from "#components/shortcuts/acts.ts";
import { DropdownMenu, MenuItem, MenuSeparator } from "#components/ui/dropdown-menu.tsx";

const ShareDialog = dynamic(() => import("./share-dialog.tsx").then((module) => module.ShareDialog), {
  ssr: false,
});

/** Once the menu is gone: the browser prints what it shows, and its dialog holds the page up. */
const printSoon = () => setTimeout(() => window.print(), 100);

/** What can be done with a whole chat: share it, take it away as a file, print it. */
export function ChatMenu({ chatId }: { chatId: string }) {
  const t = useTranslations("data.menu");
  const [sharing, setSharing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // The answer is a file to save: the page stays.
  const save = (format: "markdown" | "json") =>
    window.location.assign(`/api/chats/${encodeURIComponent(chatId)}/export?format=${format}`);
  useActs({
    share: () => setSharing(true),
    exportMarkdown: () => save("markdown"),
    exportJson: () => save("json"),
  });
  return (
    <>
      <DropdownMenu
        trigger={
          <button
            ref={button}
            type="button"
            aria-label={t("open")}
            title={t("open")}
            className="target-square -mr-1.5 grid shrink-0 place-items-center rounded-control text-muted hover:bg-raised hover:text-foreground data-[state=open]:bg-raised"
          >
            <Ellipsis aria-hidden="true" className="size-4.5" />
          </button>
        }
      >
        <MenuItem icon={<Share aria-hidden="true" />} onSelect={() => setSharing(true)}>
          {t("share")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<FileText aria-hidden="true" />} onSelect={() => save("markdown")}>
          {t("markdown")}
        </MenuItem>
        <MenuItem icon={<FileJson aria-hidden="true" />} onSelect={() => save("json")}>
          {t("json")}
        </MenuItem>
        <MenuItem icon={<Printer aria-hidden="true" />} onSelect={printSoon}>
          {t("print")}
        </MenuItem>
      </DropdownMenu>
      {sharing && <ShareDialog chatId={chatId} onClose={() => setSharing(false)} returnFocusTo={button} />}
    </>
  );
}
