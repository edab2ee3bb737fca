"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useRef, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";

export interface LightboxProps {
  /** An address that the page may show: its own, `data:` or `blob:`. */
  address: string;
  /** What the picture shows; empty when nobody said. */
  alt: string;
  /** The small picture, inside the button that opens the large one. */
  children: ReactNode;
  className?: string | undefined;
}

/** A picture that opens to the whole window; a second press shows it in its full size. */
export function Lightbox({ address, alt, children, className }: LightboxProps) {
  const t = useTranslations("chat.thread.picture");
  const [whole, setWhole] = useState(false);
  const window = useRef<HTMLDivElement>(null);
  return (
    <Radix.Root onOpenChange={() => setWhole(false)}>
      <Radix.Trigger aria-label={t("enlarge", { name: alt || t("unnamed") })} className={className}>
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-overlay/95" />
        <Radix.Content
          ref={window}
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // A focused button would show its tooltip, and Escape would close only that.
            event.preventDefault();
            window.current?.focus();
          }}
          className="fixed inset-0 z-40 flex animate-fade-in flex-col outline-none"
        >
          <div className="flex items-center gap-2 p-2 pl-4">
            <Radix.Title className="min-w-0 flex-1 truncate text-14 text-muted">
              {alt || t("unnamed")}
            </Radix.Title>
            <Radix.Close asChild>
              <IconButton label={t("close")} icon={<X />} />
            </Radix.Close>
          </div>
          <div className="flex min-h-0 flex-1 overflow-auto p-4 pt-0">
            <button
              type="button"
              aria-pressed={whole}
              aria-label={t("fullSize")}
              onClick={() => setWhole(!whole)}
              className={
                whole
                  ? "m-auto shrink-0 cursor-zoom-out"
                  : "m-auto flex h-full w-full cursor-zoom-in justify-center"
              }
            >
              {/* biome-ignore lint/performance/noImgElement: shown as it is, in any size. */}
              <img
                src={address}
                alt={alt}
                className={
                  whole ? "max-w-none" : "h-full w-full object-contain [image-orientation:from-image]"
                }
              />
            </button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
