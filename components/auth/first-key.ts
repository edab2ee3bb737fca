let held: { accountId: string; apiKey: string } | null = null;

/** Keeps the key made at sign-up in this page's memory, until it is reloaded or closed. */
export function rememberFirstKey(accountId: string, apiKey: string): void {
  held = { accountId, apiKey };
}

/** The account's first key, if it was made in this page. */
export function getFirstKey(accountId: string): string | null {
  return held?.accountId === accountId ? held.apiKey : null;
}
