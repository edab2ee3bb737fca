/** What a person can choose between in the settings. Free of dependencies: the browser imports it too. */
export const locales = ["en", "zh-CN"] as const;
export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = "en";

export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

/** Which key press sends a message; with `mod-enter` (Ctrl or Cmd) Enter alone begins a new line. */
export const sendKeys = ["enter", "mod-enter"] as const;
export type SendKey = (typeof sendKeys)[number];
export const defaultSendKey: SendKey = "enter";

/** Whether suggestions for the next message come after each answer, when they are asked for, or are not offered. They cost tokens. */
export const followUpChoices = ["always", "ask", "never"] as const;
export type FollowUpChoice = (typeof followUpChoices)[number];
export const defaultFollowUps: FollowUpChoice = "ask";

/** What an account has chosen; what it never chose is absent. */
export interface Preferences {
  locale?: Locale | undefined;
  theme?: Theme | undefined;
  /** Whether thinking is shown unfolded from the start. */
  expandThinking?: boolean | undefined;
  sendKey?: SendKey | undefined;
  followUps?: FollowUpChoice | undefined;
}

/** A change of preferences: null forgets a choice, what is absent stays. */
export type PreferencesPatch = { [Name in keyof Preferences]: Preferences[Name] | null };
