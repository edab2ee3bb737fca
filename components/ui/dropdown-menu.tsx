"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import type { DropdownMenu as RadixMenu } from "radix-ui";
import {
  type ComponentProps,
  cloneElement,
  createContext,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useContext,
  useState,
} from "react";
import { classNames } from "./class-names.ts";
import { Kbd } from "./kbd.tsx";

type Radix = typeof RadixMenu;

/** Fetched when a pointer or the focus comes to a menu's button, so that pages do not begin with it. */
let loading: Promise<Radix> | null = null;
function loadRadix(): Promise<Radix> {
  loading ??= import("./radix-menu.ts").then((module) => module.RadixMenu);
  return loading;
}

const RadixContext = createContext<Radix | null>(null);

function useRadix(): Radix {
  const radix = useContext(RadixContext);
  if (!radix) throw new Error("This belongs into a DropdownMenu.");
  return radix;
}

export interface DropdownMenuProps {
  /** A button that takes a ref and props. */
  trigger: ReactElement<ComponentProps<"button">>;
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left" | undefined;
  align?: "start" | "center" | "end" | undefined;
}

interface Opened {
  radix: Radix;
  byKey: boolean;
}

const openingKeys: readonly string[] = ["Enter", " ", "ArrowDown"];

export function DropdownMenu(props: DropdownMenuProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  if (opened) return <OpenableMenu {...props} {...opened} />;

  async function open(byKey: boolean) {
    setOpened({ radix: await loadRadix(), byKey });
  }
  return cloneElement(props.trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: () => void loadRadix(),
    onFocus: () => void loadRadix(),
    onPointerDown(event) {
      if (event.button === 0 && !event.ctrlKey) void open(false);
    },
    onKeyDown(event: KeyboardEvent) {
      if (!openingKeys.includes(event.key)) return;
      event.preventDefault();
      void open(true);
    },
  });
}

function OpenableMenu(props: DropdownMenuProps & Opened) {
  const { trigger, children, side = "bottom", align = "end", radix: Radix, byKey } = props;
  return (
    <RadixContext value={Radix}>
      <Radix.Root modal={false} defaultOpen>
        <Radix.Trigger asChild>{trigger}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            ref={byKey ? focusFirstItem : undefined}
            side={side}
            align={align}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-80 animate-rise-in overflow-y-auto rounded-card border border-border bg-overlay p-1 shadow-float"
          >
            {children}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </RadixContext>
  );
}

/** Radix has not seen the key that opened the menu for the first time. */
function focusFirstItem(content: HTMLElement | null): void {
  requestAnimationFrame(() => content?.querySelector<HTMLElement>("[role^=menuitem]")?.focus());
}

const itemStyle =
  "target flex cursor-pointer select-none items-center gap-2.5 rounded-control px-2.5 text-14 outline-none " +
  "data-highlighted:bg-raised data-disabled:cursor-not-allowed data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0";

interface ItemBase {
  icon?: ReactNode;
  children: ReactNode;
  disabled?: boolean | undefined;
  tone?: "plain" | "danger" | undefined;
  keys?: readonly string[] | undefined;
}

export type MenuItemProps = ItemBase & ({ onSelect: (event: Event) => void } | { href: string });

/** An act (`onSelect`) or a way (`href`). */
export function MenuItem(props: MenuItemProps) {
  const { icon, children, disabled = false, tone = "plain", keys } = props;
  const Radix = useRadix();
  const style = classNames(itemStyle, tone === "danger" && "text-danger");
  const content = (
    <>
      {icon && <span className={tone === "danger" ? undefined : "text-muted"}>{icon}</span>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {keys && <Kbd keys={keys} />}
    </>
  );
  if ("href" in props) {
    return (
      <Radix.Item asChild disabled={disabled} className={style}>
        <Link href={props.href}>{content}</Link>
      </Radix.Item>
    );
  }
  return (
    <Radix.Item disabled={disabled} onSelect={props.onSelect} className={style}>
      {content}
    </Radix.Item>
  );
}

export interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string; icon?: ReactNode }[];
  onChange: (value: Value) => void;
}

/** One of several, the chosen one ticked; the menu stays open, so that the change can be seen. */
export function MenuChoice<Value extends string>({
  label,
  value,
  choices,
  onChange,
}: MenuChoiceProps<Value>) {
  const Radix = useRadix();
  const choose = (chosen: string) => {
    const choice = choices.find((candidate) => candidate.value === chosen);
    if (choice) onChange(choice.value);
  };
  return (
    <Radix.RadioGroup value={value} onValueChange={choose} aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      {choices.map((choice) => (
        <Radix.RadioItem
          key={choice.value}
          value={choice.value}
          onSelect={(event) => event.preventDefault()}
          className={itemStyle}
        >
          {choice.icon && <span className="text-muted">{choice.icon}</span>}
          <span className="flex-1">{choice.label}</span>
          <Radix.ItemIndicator>
            <Check aria-hidden="true" className="text-accent" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  const Radix = useRadix();
  return <Radix.Label className="truncate px-2.5 pt-2 pb-1 text-12 text-muted">{children}</Radix.Label>;
}

export function MenuSeparator() {
  const Radix = useRadix();
  return <Radix.Separator className="my-1 h-px bg-border" />;
}
