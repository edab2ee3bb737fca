"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { classNames } from "./class-names.ts";
import { IconButton } from "./icon-button.tsx";
import { returnFocus } from "./return-focus.ts";

export interface SheetProps {
  trigger?: ReactNode;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  side?: "left" | "right" | undefined;
  /** What gets the focus when it closes; not needed with a `trigger`. */
  returnFocusTo?: RefObject<HTMLElement | null> | undefined;
  title: ReactNode;
  /** The title is only read aloud; the content brings its own head and its own way out. */
  titleHidden?: boolean | undefined;
  children: ReactNode;
}

const sides = {
  left: "left-0 w-[min(19rem,86vw)] animate-slide-from-left",
  right: "right-0 w-[min(30rem,100vw)] animate-slide-from-right border-border border-l",
};

/** A drawer at the edge, over the page: details at the right, the rail of a phone at the left. */
export function Sheet({
  trigger,
  open,
  onOpenChange,
  side = "right",
  returnFocusTo,
  title,
  titleHidden = false,
  children,
}: SheetProps) {
  const t = useTranslations("common");
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // The sheet itself, so that no tooltip of its first button springs up.
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          onCloseAutoFocus={returnFocus(returnFocusTo)}
          className={classNames(
            "fixed inset-y-0 z-40 flex flex-col bg-overlay shadow-float outline-none",
            sides[side],
          )}
        >
          <div
            className={
              titleHidden ? "sr-only" : "flex items-center gap-2 border-border border-b py-2.5 pr-2.5 pl-5"
            }
          >
            <Radix.Title className="min-w-0 flex-1 truncate text-16">{title}</Radix.Title>
            {!titleHidden && (
              <Radix.Close asChild>
                <IconButton label={t("close")} icon={<X />} side="bottom" />
              </Radix.Close>
            )}
          </div>
          <div className={classNames("min-h-0 flex-1 overflow-y-auto", !titleHidden && "p-5")}>
            {children}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
