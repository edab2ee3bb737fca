import { useTranslations } from "next-intl";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton.tsx";

export default function RequestsLoading() {
  const t = useTranslations("requests");
  return (
    <div className="mx-auto w-full max-w-280 px-4 py-6 sm:px-8 sm:py-8">
      <SkeletonGroup label={t("loading")}>
        <Skeleton className="h-7 w-28" />
        <Skeleton className="mt-4 h-9 w-full max-w-160" />
        <Skeleton className="mt-6 h-48" />
        <Skeleton className="mt-6 h-96" />
      </SkeletonGroup>
    </div>
  );
}
