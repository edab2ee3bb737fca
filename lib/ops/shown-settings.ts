import { defaultOf, settings } from "./settings.ts";

/** A setting as an admin sees it. */
export interface ShownSetting {
  name: string;
  doc: string;
  /** In force; null where there is none, and for secrets, of which only `isSet` is told. */
  value: string | null;
  isSet: boolean;
  isSecret: boolean;
}

const secretName = /KEY|SECRET|PASSWORD|TOKEN/;
/** What stands before the host in an address: a name and a password. */
const userInfo = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i;

/** Every setting with what it is set to, or its default; nothing of a secret, and no password of an address. */
export function describeSettings(environment: Record<string, string | undefined>): ShownSetting[] {
  return Object.entries(settings).map(([name, setting]) => {
    const given = environment[name] ?? "";
    const isSet = given !== "";
    const isSecret = secretName.test(name);
    const shown = (isSet ? given : defaultOf(setting)).replace(userInfo, "$1…@");
    return { name, doc: setting.doc, isSet, isSecret, value: isSecret || shown === "" ? null : shown };
  });
}
