"use client";

import "./globals.css";
import { negotiateLocale } from "#components/messages/negotiate-locale.ts";
import { buttonStyle } from "#components/ui/button-style.ts";

// The page that would have brought its texts is what failed.
const words = {
  en: {
    title: "This page could not be shown",
    text: "An error stopped it from being built. What was saved before is still there.",
    again: "Try again",
  },
  "zh-CN": {
    title: "无法显示此页面",
    text: "生成页面时出错。之前保存的内容都还在。",
    again: "重试",
  },
};

interface Props {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function GlobalError({ error, retry }: Props) {
  const locale = negotiateLocale(typeof navigator === "undefined" ? null : navigator.language);
  const { title, text, again } = words[locale];
  return (
    <html lang={locale}>
      <body>
        <title>{`${title} · AIgateway`}</title>
        <main className="mx-auto flex min-h-dvh max-w-120 flex-col items-start justify-center gap-6 px-6 py-12">
          <div role="alert">
            <h1 className="text-28">{title}</h1>
            <p className="mt-3 text-16 text-muted">{text}</p>
            {error.digest && <code className="mt-3 block select-all font-mono text-13">{error.digest}</code>}
          </div>
          <button type="button" onClick={retry} className={buttonStyle("primary")}>
            {again}
          </button>
        </main>
      </body>
    </html>
  );
}
