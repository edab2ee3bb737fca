import type { RefObject } from "react";

/**
 * Where the focus goes when a dialog closes that was opened from a menu: the item that opened it is gone by then, and
 * without this the focus would fall to the top of the page.
 */
export function returnFocus(to: RefObject<HTMLElement | null> | undefined) {
  return (event: Event) => {
    if (!to?.current) return;
    event.preventDefault();
    to.current.focus();
  };
}
