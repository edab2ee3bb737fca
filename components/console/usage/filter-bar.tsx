"use client";

import { Check, ListFilter, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { DropdownMenu, MenuItem } from "#components/ui/dropdown-menu.tsx";
import type { UsageFilter } from "#lib/usage/usage-filter.ts";
import { toggled, type UsageParams, usageHref } from "./usage-href.ts";
import { nameOfValue, type ValueNames } from "./value-names.ts";

export const offeredFilters = ["key", "model", "source", "tag", "status"] as const;
export type OfferedFilter = (typeof offeredFilters)[number];

export interface FilterBarProps {
  path: string;
  params: UsageParams;
  filter: UsageFilter;
  names: ValueNames;
  /** The values to choose from. */
  options: Readonly<Record<OfferedFilter, readonly string[]>>;
}

/** The filters that all panels share: what is filtered by, each with a way to undo it, and menus to add to it. */
export function FilterBar({ path, params, filter, names, options }: FilterBarProps) {
  const t = useTranslations("usage");
  const active = ([...offeredFilters, "error", "account"] as const).flatMap((name) =>
    (filter[name] ?? []).map((value: string) => ({ name, value })),
  );
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ListFilter aria-hidden="true" className="size-4 text-muted" />
      {offeredFilters
        .filter((name) => options[name].length > 0)
        .map((name) => (
          <DropdownMenu
            key={name}
            align="start"
            trigger={
              <Button size="small" variant="quiet">
                {t(`dimension.${name}`)}
              </Button>
            }
          >
            {options[name].map((value) => (
              <MenuItem
                key={value}
                href={usageHref(path, params, toggled(filter, name, value))}
                icon={isChosen(filter, name, value) ? <Check /> : <span className="block size-4" />}
              >
                {nameOfValue(names, name, value)}
              </MenuItem>
            ))}
          </DropdownMenu>
        ))}
      {active.map(({ name, value }) => (
        <Link
          key={`${name} ${value}`}
          href={usageHref(path, params, toggled(filter, name, value))}
          scroll={false}
          aria-label={t("filter.remove", {
            name: t(`dimension.${name}`),
            value: nameOfValue(names, name, value),
          })}
          className="target inline-flex max-w-72 items-center gap-1.5 rounded-control bg-accent-soft px-2.5 text-13 hover:bg-raised"
        >
          <span className="truncate">
            {t(`dimension.${name}`)}: {nameOfValue(names, name, value)}
          </span>
          <X aria-hidden="true" className="size-3.5 shrink-0" />
        </Link>
      ))}
    </div>
  );
}

function isChosen(filter: UsageFilter, name: OfferedFilter, value: string): boolean {
  const values: readonly string[] = filter[name] ?? [];
  return values.includes(value);
}
