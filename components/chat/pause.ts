/** A pause that ends early when the network or the page comes back. */
export function pauseUntilOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const watch = new AbortController();
    const finish = () => {
      clearTimeout(timer);
      watch.abort();
      resolve();
    };
    const timer = setTimeout(finish, ms);
    const { signal: until } = watch;
    window.addEventListener("online", finish, { signal: until });
    signal.addEventListener("abort", finish, { signal: until });
    document.addEventListener(
      "visibilitychange",
      () => {
        if (document.visibilityState === "visible") finish();
      },
      { signal: until },
    );
  });
}
