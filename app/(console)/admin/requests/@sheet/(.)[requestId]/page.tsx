import { RequestSheet } from "#components/console/requests/request-sheet.tsx";
import { AnyRequestView } from "../../any-request-view.tsx";

/** A request opened from the log of all accounts, over it. */
export default async function RequestOverLog({ params }: { params: Promise<{ requestId: string }> }) {
  const { requestId } = await params;
  return (
    <RequestSheet>
      <AnyRequestView requestId={requestId} />
    </RequestSheet>
  );
}
