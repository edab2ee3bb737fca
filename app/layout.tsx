import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { KeepPreferences } from "#components/ui/keep-preferences.tsx";
import { preferencesScript } from "#components/ui/preferences.ts";
import { Toaster } from "#components/ui/toast.tsx";
import { TooltipLayer } from "#components/ui/tooltip-layer.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return {
    title: { default: "AIgateway", template: "%s · AIgateway" },
    description: t("description"),
    applicationName: "AIgateway",
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  // The virtual keyboard makes the page shorter, so that the composer stands above it.
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fdfdfc" },
    { media: "(prefers-color-scheme: dark)", color: "#131316" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    // The script below sets theme and rail on <html> before React looks at it.
    <html
      lang={await getLocale()}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <head>
        <script
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, run before the first paint.
          dangerouslySetInnerHTML={{ __html: preferencesScript }}
        />
      </head>
      <body>
        <KeepPreferences />
        <ClientMessages areas={[]}>
          {children}
          <Toaster />
          <TooltipLayer />
        </ClientMessages>
      </body>
    </html>
  );
}
