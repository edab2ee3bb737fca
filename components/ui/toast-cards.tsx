"use client";

import { CircleAlert, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Toast as Radix } from "radix-ui";
import { type Toast, toastStore } from "./toast-store.ts";

const plainMs = 6_000;
const withActionMs = 10_000;

/** The toasts that are shown now: a polite live region, reached with F8. */
export function ToastCards({ toasts }: { toasts: readonly Toast[] }) {
  const t = useTranslations("common.toast");
  return (
    <Radix.Provider swipeDirection="right" label={t("one")}>
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
      <Radix.Viewport
        label={t("all")}
        className="fixed right-0 bottom-0 z-50 flex w-full flex-col gap-2 p-4 outline-none sm:w-100"
      />
    </Radix.Provider>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const t = useTranslations("common");
  const { id, title, description, tone = "plain", action } = toast;
  const durationMs = toast.durationMs ?? (action ? withActionMs : plainMs);
  return (
    <Radix.Root
      type="background"
      duration={durationMs}
      onOpenChange={(open) => {
        if (!open) toastStore.dismiss(id);
      }}
      className="flex animate-rise-in items-center gap-2 rounded-card border border-border bg-overlay py-1.5 pr-1.5 pl-3.5 text-14 shadow-float data-[swipe=move]:translate-x-(--radix-toast-swipe-move-x)"
    >
      {tone === "danger" && <CircleAlert aria-hidden="true" className="size-4 shrink-0 text-danger" />}
      <div className="min-w-0 flex-1 break-words py-1.5">
        <Radix.Title className="font-medium">{title}</Radix.Title>
        {description && <Radix.Description className="text-13 text-muted">{description}</Radix.Description>}
      </div>
      {action && (
        <Radix.Action
          altText={action.label}
          onClick={action.onAct}
          className={
            "target shrink-0 rounded-control px-2.5 font-medium text-14 text-accent hover:bg-accent-soft"
          }
        >
          {action.label}
        </Radix.Action>
      )}
      <Radix.Close
        aria-label={t("dismiss")}
        className="target-square inline-flex shrink-0 items-center justify-center rounded-control text-muted hover:bg-raised hover:text-foreground"
      >
        <X aria-hidden="true" className="size-4" />
      </Radix.Close>
    </Radix.Root>
  );
}
