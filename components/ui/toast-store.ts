export interface ToastInput {
  /** What happened, one short sentence without a full stop. */
  title: string;
  description?: string | undefined;
  tone?: "plain" | "danger" | undefined;
  /** Usually Undo; the toast goes when it is used. */
  action?: { label: string; onAct: () => void } | undefined;
  /** How long it stays, unless the pointer or the focus rests on it. */
  durationMs?: number | undefined;
}

export interface Toast extends ToastInput {
  id: number;
}

const visibleAtMost = 3;

/** Creates a list of toasts that a component can subscribe to; the oldest goes when a fourth comes. */
export function createToastStore() {
  let toasts: readonly Toast[] = [];
  let lastId = 0;
  const listeners = new Set<() => void>();

  function set(next: readonly Toast[]): void {
    toasts = next;
    for (const listener of listeners) listener();
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    list: () => toasts,
    show(input: ToastInput): number {
      lastId += 1;
      set([...toasts, { ...input, id: lastId }].slice(-visibleAtMost));
      return lastId;
    },
    dismiss(id: number): void {
      set(toasts.filter((toast) => toast.id !== id));
    },
  };
}

export const toastStore = createToastStore();

/** Shows a toast and returns its id. Browser only. */
export const toast = toastStore.show;
