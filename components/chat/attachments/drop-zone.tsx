"use client";

import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";

const DropOverlay = dynamic(() => import("./drop-overlay.tsx").then((module) => module.DropOverlay), {
  ssr: false,
});

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** Takes files that are dropped anywhere on the page. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  useEffect(() => {
    take.current = onFiles;
  });
  useEffect(() => {
    const listening = new AbortController();
    const on = (type: "dragenter" | "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) =>
      window.addEventListener(type, (event) => hasFiles(event) && act(event), { signal: listening.signal });
    on("dragenter", () => setOver(true));
    // Without this the browser would open the file in place of the page.
    on("dragover", (event) => event.preventDefault());
    on("dragleave", (event) => {
      if (event.relatedTarget === null) setOver(false);
    });
    on("drop", (event) => {
      event.preventDefault();
      setOver(false);
      take.current(Array.from(event.dataTransfer?.files ?? []));
    });
    return () => listening.abort();
  }, []);
  return over && <DropOverlay />;
}
