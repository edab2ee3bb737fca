/**
 * Asks the page around it for a document and becomes that. Its policy (lib/ops/request-headers.ts) stays over what it becomes; WebRTC,
 * which no policy of today's browsers stops, is taken away before.
 */
const page = `<!doctype html><meta charset="utf-8"><title>Preview</title><script>
addEventListener("message", ({ source, data }) => {
  if (source !== parent || typeof data !== "string") return;
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"]) {
    Object.defineProperty(window, name, { value: undefined, configurable: false, writable: false });
  }
  document.open();
  document.write(data);
  document.close();
});
if (parent !== window) parent.postMessage("preview-ready", "*");
</script>`;

/** The empty page in whose frame code of an answer is previewed. Open to all: there is nothing in it. */
export function GET(): Response {
  return new Response(page, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "x-dns-prefetch-control": "off",
    },
  });
}
