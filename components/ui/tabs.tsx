"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface TabsProps {
  /** Names the choice for screen readers: "Language". */
  label: string;
  items: readonly [TabItem, ...TabItem[]];
  defaultValue?: string | undefined;
}

export interface TabItem {
  value: string;
  label: ReactNode;
  content: ReactNode;
}

export function Tabs({ label, items, defaultValue }: TabsProps) {
  return (
    <Radix.Root defaultValue={defaultValue ?? items[0].value} className="min-w-0">
      <Radix.List aria-label={label} className="flex gap-1 overflow-x-auto border-border border-b">
        {items.map((item) => (
          <Radix.Trigger
            key={item.value}
            value={item.value}
            className="target -mb-px whitespace-nowrap border-transparent border-b-2 px-3 font-medium text-14 text-muted transition-colors hover:text-foreground focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-foreground"
          >
            {item.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {items.map((item) => (
        <Radix.Content key={item.value} value={item.value} className="pt-4">
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
