import type { MetadataRoute } from "next";

/** Lets a phone or a desktop keep the chat as an app of its own. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "AIgateway",
    short_name: "AIgateway",
    start_url: "/chat",
    display: "standalone",
    background_color: "#fdfdfc",
    theme_color: "#3b40b4",
    icons: [{ src: "/icon.svg", sizes: "any", type: "image/svg+xml" }],
  };
}
