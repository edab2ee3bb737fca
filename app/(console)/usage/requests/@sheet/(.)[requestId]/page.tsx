import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { RequestSheet } from "#components/console/requests/request-sheet.tsx";
import { RequestView } from "../../request-view.tsx";

/** A request opened from the log, over it. */
export default async function RequestOverLog({ params }: { params: Promise<{ requestId: string }> }) {
  const { requestId } = await params;
  return (
    <ClientMessages areas={["requests"]}>
      <RequestSheet>
        <RequestView requestId={requestId} />
      </RequestSheet>
    </ClientMessages>
  );
}
