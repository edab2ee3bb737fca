"use client";

import { ImageIcon } from "lucide-react";
import { useState } from "react";
import { classNames } from "#components/ui/class-names.ts";

export interface PictureProps {
  address: string | null;
  alt: string;
  /** Its size, so that nothing moves when it comes. */
  width?: number | undefined;
  height?: number | undefined;
  className: string;
}

/** A small picture; a sign in its place while there is none that this browser can show. */
export function Picture({ address, alt, width, height, className }: PictureProps) {
  const [broken, setBroken] = useState(false);
  if (address === null || broken) {
    return (
      <span className={classNames("grid place-items-center bg-raised text-muted", className)}>
        <ImageIcon role="img" aria-label={alt} className="size-6" />
      </span>
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: private bytes of one size, which no optimiser may see.
    <img
      src={address}
      alt={alt}
      width={width}
      height={height}
      decoding="async"
      onError={() => setBroken(true)}
      className={classNames("object-cover", className)}
    />
  );
}
