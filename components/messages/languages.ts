import type { Locale } from "#lib/accounts/choices.ts";

/** Each language is named in itself, so that its speakers find it. */
export const languages = [
  { value: "en", label: "English" },
  { value: "zh-CN", label: "简体中文" },
] as const satisfies readonly { value: Locale; label: string }[];
