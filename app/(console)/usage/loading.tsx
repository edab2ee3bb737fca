import { Skeleton, SkeletonGroup } from "#components/ui/skeleton.tsx";

export default function UsageLoading() {
  return (
    <div className="mx-auto w-full max-w-280 px-4 py-6 sm:px-8 sm:py-8">
      <SkeletonGroup label="Loading usage">
        <Skeleton className="h-7 w-24" />
        <div className="mt-6 grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
          {["quota", "spend", "requests", "tokens"].map((tile) => (
            <Skeleton key={tile} className="h-40" />
          ))}
        </div>
        <Skeleton className="mt-6 h-80" />
        <Skeleton className="mt-6 h-64" />
      </SkeletonGroup>
    </div>
  );
}
