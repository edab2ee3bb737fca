import { useTranslations } from "next-intl";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton.tsx";

export default function KeysLoading() {
  const t = useTranslations("keys");
  return (
    <SkeletonGroup label={t("loading")}>
      <div className="mx-auto w-full max-w-240 px-4 py-6 sm:px-8 sm:py-8">
        <div className="mb-6 flex flex-wrap items-end justify-between gap-4">
          <div>
            <Skeleton className="h-7 w-20" />
            <Skeleton className="mt-1 h-5 w-72" />
          </div>
          <Skeleton className="h-9 w-31" />
        </div>
        <Skeleton className="h-37" />
      </div>
    </SkeletonGroup>
  );
}
