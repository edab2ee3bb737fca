import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type { MessageArea } from "#components/messages/messages.ts";

/**
 * Gives the components of the browser the texts of some areas, `common` and `shell` always with them. An inner one
 * replaces an outer one, so it names all that its part of the page needs.
 */
export async function ClientMessages({ areas, children }: { areas: MessageArea[]; children: ReactNode }) {
  const all = await getMessages();
  const wanted = new Set<string>(["common", "shell", ...areas]);
  const chosen = Object.fromEntries(Object.entries(all).filter(([area]) => wanted.has(area)));
  return (
    <NextIntlClientProvider locale={await getLocale()} messages={chosen}>
      {children}
    </NextIntlClientProvider>
  );
}
