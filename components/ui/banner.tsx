import { CircleAlert, Info, TriangleAlert, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type BannerTone = "info" | "warning" | "danger";

const tones = {
  info: { box: "bg-accent-soft", icon: <Info className="text-accent" /> },
  warning: { box: "bg-warning-soft", icon: <TriangleAlert className="text-warning" /> },
  danger: { box: "bg-danger-soft", icon: <CircleAlert className="text-danger" /> },
} satisfies Record<BannerTone, { box: string; icon: ReactNode }>;

export interface BannerProps {
  tone?: BannerTone | undefined;
  /** One sentence. */
  children: ReactNode;
  /** The one thing to do about it. */
  action?: { label: string; href: string } | undefined;
  /** Given by client components where the banner may be put away. */
  onDismiss?: (() => void) | undefined;
}

/** One line above the page with what the person must know. */
export function Banner({ tone = "info", children, action, onDismiss }: BannerProps) {
  const t = useTranslations("common");
  const { box, icon } = tones[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={classNames("flex items-center gap-2.5 px-4 py-2 text-13 text-foreground", box)}
    >
      <span aria-hidden="true" className="self-start pt-0.5 [&_svg]:size-4">
        {icon}
      </span>
      <p className="min-w-0 flex-1 text-pretty">
        {children}{" "}
        {action && (
          <Link
            href={action.href}
            className="whitespace-nowrap font-medium text-foreground underline underline-offset-2"
          >
            {action.label}
          </Link>
        )}
      </p>
      {onDismiss && (
        <button
          type="button"
          aria-label={t("dismiss")}
          onClick={onDismiss}
          className="target-square -my-2 -mr-2 grid shrink-0 place-items-center rounded-control text-muted hover:text-foreground"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
    </div>
  );
}
