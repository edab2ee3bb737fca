/** A value as the audit shows it: never a secret. */
export type AuditValue = string | number | boolean | null;
