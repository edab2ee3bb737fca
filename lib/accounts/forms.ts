import { z } from "zod";
import { passwordLength } from "./password-length.ts";

const emailLength = 254;
const nameLength = 100;
const emailSentence = "Enter an e-mail address, such as name@example.com.";
const noControls = /^\P{Cc}*$/u;

const emailSchema = z
  .string({ error: emailSentence })
  .trim()
  .max(emailLength, emailSentence)
  .regex(noControls, emailSentence)
  .regex(z.regexes.unicodeEmail, emailSentence);

const newPasswordSchema = z
  .string({ error: "Choose a password." })
  .min(passwordLength.min, `Use at least ${passwordLength.min} characters.`)
  .max(passwordLength.max, `Use at most ${passwordLength.max} characters.`);

const nameSchema = z
  .string({ error: "A name is text." })
  .trim()
  .max(nameLength, `Use at most ${nameLength} characters.`)
  .regex(noControls, "A name is one line of text.")
  .nullish()
  .transform((name) => name || null);

const signUpSchema = z.object({ email: emailSchema, password: newPasswordSchema, name: nameSchema });

const currentPasswordSchema = z
  .string({ error: "Enter your password." })
  .max(passwordLength.max, `Passwords have at most ${passwordLength.max} characters.`);

const profileSchema = z.object({
  email: emailSchema,
  name: nameSchema,
  /** Asked for only where the e-mail changes. */
  currentPassword: currentPasswordSchema.optional(),
});

const passwordChangeSchema = z.object({
  currentPassword: currentPasswordSchema,
  newPassword: newPasswordSchema,
});

const signInSchema = z.object({
  email: z
    .string({ error: "Enter your e-mail." })
    .trim()
    .min(1, "Enter your e-mail.")
    .max(emailLength, emailSentence)
    .regex(noControls, emailSentence),
  password: z
    .string({ error: "Enter your password." })
    .min(1, "Enter your password.")
    .max(passwordLength.max, `Passwords have at most ${passwordLength.max} characters.`),
});

const deletionSchema = z.object({
  currentPassword: currentPasswordSchema,
  confirm: z.string({ error: "Type your e-mail." }).trim(),
});

export type SignUpForm = z.output<typeof signUpSchema>;
export type SignInForm = z.output<typeof signInSchema>;

/** A filled-in form, or one sentence for each field that needs correcting. */
export type ParsedForm<T> = { ok: true; form: T } | { ok: false; fields: Record<string, string> };

export function parseSignUpForm(value: unknown): ParsedForm<SignUpForm> {
  return parseForm(signUpSchema, value);
}

export function parseSignInForm(value: unknown): ParsedForm<SignInForm> {
  return parseForm(signInSchema, value);
}

export type ProfileForm = z.output<typeof profileSchema>;

export function parseProfileForm(value: unknown): ParsedForm<ProfileForm> {
  return parseForm(profileSchema, value);
}

export function parsePasswordChange(value: unknown): ParsedForm<z.output<typeof passwordChangeSchema>> {
  return parseForm(passwordChangeSchema, value);
}

export function parseDeletionForm(value: unknown): ParsedForm<z.output<typeof deletionSchema>> {
  return parseForm(deletionSchema, value);
}

function parseForm<T>(schema: z.ZodType<T>, value: unknown): ParsedForm<T> {
  const parsed = schema.safeParse(typeof value === "object" && value !== null ? value : {});
  if (parsed.success) return { ok: true, form: parsed.data };
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0]);
    fields[field] ??= issue.message;
  }
  return { ok: false, fields };
}
