"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ComponentProps } from "react";

/**
 * A link to another page of the product, which is fetched when the pointer or the focus arrives, and not with this page: that would
 * make every page as heavy as all of them.
 */
export function PlaceLink({ href, ...props }: Omit<ComponentProps<typeof Link>, "href"> & { href: string }) {
  const router = useRouter();
  const fetchPage = () => router.prefetch(href);
  return <Link href={href} prefetch={false} onPointerEnter={fetchPage} onFocus={fetchPage} {...props} />;
}
