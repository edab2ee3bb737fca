const listeners = new Map<string, () => void>();

/** Opens the editor of a message that is on the page. */
export function askToEdit(messageId: string): void {
  listeners.get(messageId)?.();
}

export function watchEditRequests(messageId: string, onAsked: () => void): () => void {
  listeners.set(messageId, onAsked);
  return () => {
    if (listeners.get(messageId) === onAsked) listeners.delete(messageId);
  };
}
