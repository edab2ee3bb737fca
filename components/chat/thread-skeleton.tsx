"use client";

import { useTranslations } from "next-intl";
import { Skeleton, SkeletonGroup, SkeletonText } from "#components/ui/skeleton.tsx";

/** The shape of a thread that is on its way. */
export function ThreadSkeleton() {
  const t = useTranslations("chat.thread.load");
  return (
    <SkeletonGroup label={t("loading")}>
      <span className="flex flex-col gap-7 pt-2">
        <Skeleton className="h-11 w-2/5 self-end" />
        <SkeletonText lines={4} />
        <Skeleton className="h-11 w-1/2 self-end" />
        <SkeletonText lines={3} />
      </span>
    </SkeletonGroup>
  );
}
