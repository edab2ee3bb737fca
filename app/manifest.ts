import type { MetadataRoute } from "next";

/** Lets a phone or a desktop keep the chat as an app of its own. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/chat",
    name: "AIgateway",
    short_name: "AIgateway",
    start_url: "/chat",
    scope: "/",
    display: "standalone",
    background_color: "#fdfdfc",
    theme_color: "#3b40b4",
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
      { src: "/icons/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
