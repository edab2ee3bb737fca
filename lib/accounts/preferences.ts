import { z } from "zod";
import { followUpChoices, locales, type Preferences, sendKeys, themes } from "./choices.ts";

const fields = {
  locale: z.enum(locales),
  theme: z.enum(themes),
  expandThinking: z.boolean(),
  sendKey: z.enum(sendKeys),
  followUps: z.enum(followUpChoices),
};

/** What stands in the database; a choice that this version does not offer counts as never made. */
export const storedPreferencesSchema: z.ZodType<Preferences> = z
  .object({
    locale: fields.locale.optional().catch(undefined),
    theme: fields.theme.optional().catch(undefined),
    expandThinking: fields.expandThinking.optional().catch(undefined),
    sendKey: fields.sendKey.optional().catch(undefined),
    followUps: fields.followUps.optional().catch(undefined),
  })
  .catch({});

/** A change as a client sends it: null forgets a choice. */
export const preferencesPatchSchema = z.strictObject({
  locale: fields.locale.nullish(),
  theme: fields.theme.nullish(),
  expandThinking: fields.expandThinking.nullish(),
  sendKey: fields.sendKey.nullish(),
  followUps: fields.followUps.nullish(),
});
