/** Moves the focus from a row of the sidebar to the next or the one before, in the order they are seen; the search field is above the first. */
export function moveFocus(from: HTMLElement | null, by: 1 | -1): void {
  const list = from?.closest("[data-rows]");
  const rows = [...(list?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
  const place = from ? rows.indexOf(from) : -1;
  const above = list?.querySelector<HTMLElement>("input");
  const next = rows[place + by] ?? (by === -1 ? above : rows[place - 1]) ?? above;
  next?.focus();
}

/** Moves the focus to the first row of the list that follows. */
export function focusFirstRow(within: Element | null): boolean {
  const row = within?.querySelector<HTMLElement>("[data-row]");
  row?.focus();
  return row !== null && row !== undefined;
}
