"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { IconButton } from "./icon-button.tsx";
import { returnFocus } from "./return-focus.ts";

export interface DialogProps {
  /** The button that opens it; without one, `open` and `onOpenChange` rule. */
  trigger?: ReactNode;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** The button of the menu that the dialog was opened from. */
  returnFocusTo?: RefObject<HTMLElement | null> | undefined;
  title: ReactNode;
  description?: ReactNode;
  /** Closes only through a button of its own: no Escape, no click beside it, no cross. */
  locked?: boolean | undefined;
  children?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
}

export function Dialog({
  trigger,
  open,
  onOpenChange,
  returnFocusTo,
  title,
  description,
  locked = false,
  children,
  footer,
}: DialogProps) {
  const t = useTranslations("common");
  const hold = (event: Event) => {
    if (locked) event.preventDefault();
  };
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 grid animate-fade-in grid-cols-1 place-items-center overflow-y-auto bg-scrim p-4">
          <Radix.Content
            onCloseAutoFocus={returnFocus(returnFocusTo)}
            onEscapeKeyDown={hold}
            onPointerDownOutside={hold}
            onInteractOutside={hold}
            {...(description ? {} : { "aria-describedby": undefined })}
            className="relative w-full max-w-120 animate-rise-in rounded-card bg-overlay p-5 shadow-float outline-none sm:p-6"
          >
            <Radix.Title className="pr-10 text-16">{title}</Radix.Title>
            {description && (
              <Radix.Description className="mt-1.5 text-14 text-muted">{description}</Radix.Description>
            )}
            {children && <div className="mt-4">{children}</div>}
            {footer && <div className="mt-6 flex flex-wrap justify-end gap-2">{footer}</div>}
            {!locked && (
              <Radix.Close asChild>
                <IconButton label={t("close")} icon={<X />} className="absolute top-3.5 right-3.5" />
              </Radix.Close>
            )}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
