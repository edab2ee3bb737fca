"use client";

import { BookOpen, ChartNoAxesColumn, FlaskConical, KeyRound, ShieldCheck, SquarePen } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { paths } from "./paths.ts";
import { PlaceLink } from "./place-link.tsx";
import { useRail } from "./use-rail.ts";

const places = [
  { href: paths.usage, key: "usage", icon: <ChartNoAxesColumn aria-hidden="true" /> },
  { href: paths.keys, key: "keys", icon: <KeyRound aria-hidden="true" /> },
  { href: paths.playground, key: "playground", icon: <FlaskConical aria-hidden="true" /> },
  { href: paths.docs, key: "docs", icon: <BookOpen aria-hidden="true" /> },
] as const;

const adminPlace = { href: paths.admin, key: "admin", icon: <ShieldCheck aria-hidden="true" /> } as const;

export function RailNav({ admin }: { admin: boolean }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  return (
    <nav aria-label={t("console")}>
      <ul className="flex flex-col gap-0.5">
        {[...places, ...(admin ? [adminPlace] : [])].map(({ href, key, icon }) => (
          <li key={href}>
            <RailLink href={href} label={t(key)} icon={icon} current={pathname.startsWith(href)} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function NewChatLink() {
  const t = useTranslations("shell");
  const pathname = usePathname();
  return (
    <RailLink
      href={paths.chat}
      label={t("newChat")}
      icon={<SquarePen aria-hidden="true" />}
      current={pathname === paths.chat}
    />
  );
}

interface RailLinkProps {
  href: string;
  label: string;
  icon: ReactNode;
  current: boolean;
}

function RailLink({ href, label, icon, current }: RailLinkProps) {
  const { narrow } = useRail();
  return (
    <PlaceLink
      href={href}
      aria-current={current ? "page" : undefined}
      title={narrow ? label : undefined}
      className="target flex items-center gap-3 rounded-control px-2.5 text-14 text-muted transition-colors hover:bg-raised hover:text-foreground aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-foreground rail-narrow:justify-center rail-narrow:px-0 [&_svg]:size-4.5 [&_svg]:shrink-0"
    >
      {icon}
      <span className="rail-narrow:sr-only">{label}</span>
    </PlaceLink>
  );
}
