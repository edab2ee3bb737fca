import type { Locale } from "#lib/accounts/choices.ts";
import enAdmin from "./en/admin.json";
import enAlerts from "./en/alerts.json";
import enAttachments from "./en/attachments.json";
import enAuth from "./en/auth.json";
import enChat from "./en/chat.json";
import enCommon from "./en/common.json";
import enComposer from "./en/composer.json";
import enData from "./en/data.json";
import enKeys from "./en/keys.json";
import enLanding from "./en/landing.json";
import enPlayground from "./en/playground.json";
import enPrompts from "./en/prompts.json";
import enRequests from "./en/requests.json";
import enSettings from "./en/settings.json";
import enShell from "./en/shell.json";
import enSidebar from "./en/sidebar.json";
import enTools from "./en/tools.json";
import enUsage from "./en/usage.json";
import zhAdmin from "./zh-CN/admin.json";
import zhAlerts from "./zh-CN/alerts.json";
import zhAttachments from "./zh-CN/attachments.json";
import zhAuth from "./zh-CN/auth.json";
import zhChat from "./zh-CN/chat.json";
import zhCommon from "./zh-CN/common.json";
import zhComposer from "./zh-CN/composer.json";
import zhData from "./zh-CN/data.json";
import zhKeys from "./zh-CN/keys.json";
import zhLanding from "./zh-CN/landing.json";
import zhPlayground from "./zh-CN/playground.json";
import zhPrompts from "./zh-CN/prompts.json";
import zhRequests from "./zh-CN/requests.json";
import zhSettings from "./zh-CN/settings.json";
import zhShell from "./zh-CN/shell.json";
import zhSidebar from "./zh-CN/sidebar.json";
import zhTools from "./zh-CN/tools.json";
import zhUsage from "./zh-CN/usage.json";

const en = {
  admin: enAdmin,
  alerts: enAlerts,
  attachments: enAttachments,
  auth: enAuth,
  chat: enChat,
  common: enCommon,
  composer: enComposer,
  data: enData,
  keys: enKeys,
  landing: enLanding,
  playground: enPlayground,
  prompts: enPrompts,
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
  alerts: zhAlerts,
  attachments: zhAttachments,
  auth: zhAuth,
  chat: zhChat,
  common: zhCommon,
  composer: zhComposer,
  data: zhData,
  keys: zhKeys,
  landing: zhLanding,
  playground: zhPlayground,
  prompts: zhPrompts,
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
