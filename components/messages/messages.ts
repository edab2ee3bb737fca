import type { Locale } from "#lib/accounts/choices.ts";
import enAdmin from "./en/admin.json" with { type: "json" };
import enAttachments from "./en/attachments.json" with { type: "json" };
import enAuth from "./en/auth.json" with { type: "json" };
import enChat from "./en/chat.json" with { type: "json" };
import enCommon from "./en/common.json" with { type: "json" };
import enComposer from "./en/composer.json" with { type: "json" };
import enData from "./en/data.json" with { type: "json" };
import enKeys from "./en/keys.json" with { type: "json" };
import enLanding from "./en/landing.json" with { type: "json" };
import enRequests from "./en/requests.json" with { type: "json" };
import enSettings from "./en/settings.json" with { type: "json" };
import enShell from "./en/shell.json" with { type: "json" };
import enSidebar from "./en/sidebar.json" with { type: "json" };
import enTools from "./en/tools.json" with { type: "json" };
import enUsage from "./en/usage.json" with { type: "json" };
import zhAdmin from "./zh-CN/admin.json" with { type: "json" };
import zhAttachments from "./zh-CN/attachments.json" with { type: "json" };
import zhAuth from "./zh-CN/auth.json" with { type: "json" };
import zhChat from "./zh-CN/chat.json" with { type: "json" };
import zhCommon from "./zh-CN/common.json" with { type: "json" };
import zhComposer from "./zh-CN/composer.json" with { type: "json" };
import zhData from "./zh-CN/data.json" with { type: "json" };
import zhKeys from "./zh-CN/keys.json" with { type: "json" };
import zhLanding from "./zh-CN/landing.json" with { type: "json" };
import zhRequests from "./zh-CN/requests.json" with { type: "json" };
import zhSettings from "./zh-CN/settings.json" with { type: "json" };
import zhShell from "./zh-CN/shell.json" with { type: "json" };
import zhSidebar from "./zh-CN/sidebar.json" with { type: "json" };
import zhTools from "./zh-CN/tools.json" with { type: "json" };
import zhUsage from "./zh-CN/usage.json" with { type: "json" };

const en = {
  admin: enAdmin,
  attachments: enAttachments,
  auth: enAuth,
  chat: enChat,
  common: enCommon,
  composer: enComposer,
  data: enData,
  keys: enKeys,
  landing: enLanding,
  requests: enRequests,
  settings: enSettings,
  shell: enShell,
  sidebar: enSidebar,
  tools: enTools,
  usage: enUsage,
};

/** All texts of the interface, by area and key; English is the shape of every language. */
export type Messages = typeof en;
export type MessageArea = keyof Messages;

const zhCN: Messages = {
  admin: zhAdmin,
  attachments: zhAttachments,
  auth: zhAuth,
  chat: zhChat,
  common: zhCommon,
  composer: zhComposer,
  data: zhData,
  keys: zhKeys,
  landing: zhLanding,
  requests: zhRequests,
  settings: zhSettings,
  shell: zhShell,
  sidebar: zhSidebar,
  tools: zhTools,
  usage: zhUsage,
};

/** For the server only: the browser gets the areas its page needs (`app/i18n/client-messages.tsx`). */
export const messages: Record<Locale, Messages> = { en, "zh-CN": zhCN };

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
