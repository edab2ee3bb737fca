import { useTranslations } from "next-intl";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton.tsx";

export default function UsageLoading() {
  const t = useTranslations("usage");
  return (
    <div className="mx-auto w-full max-w-280 px-4 py-6 sm:px-8 sm:py-8">
      <SkeletonGroup label={t("loading")}>
        <Skeleton className="h-7 w-24" />
        <div className="mt-6 grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
          {["spend", "requests", "tokens", "saved", "errors", "firstToken", "month", "quota"].map((tile) => (
            <Skeleton key={tile} className="h-40" />
          ))}
        </div>
        <Skeleton className="mt-6 h-80" />
        <Skeleton className="mt-6 h-64" />
      </SkeletonGroup>
    </div>
  );
}
