let waiting = false;
let listener: (() => void) | null = null;

/** Asks the page of new chats, now or once it is open, to make its chat a temporary one. */
export function askForTemporary(): void {
  if (listener) listener();
  else waiting = true;
}

export function watchTemporaryRequests(onAsked: () => void): () => void {
  listener = onAsked;
  if (waiting) onAsked();
  waiting = false;
  return () => {
    listener = null;
  };
}
