import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { CodeBlock } from "#components/ui/code-block.tsx";
import type { KeptBody as Kept, KeptAnswer } from "#lib/usage/kept-body.ts";
import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import { DeleteBody } from "./delete-body.tsx";

export interface KeptBodyProps {
  request: Pick<MeteredRequest, "id" | "source">;
  body: Kept | null;
  /** Whether the account has bodies kept now. */
  kept: boolean;
  timeZone: string;
}

/** What a request sent and got, where the account has that kept. */
export function KeptBody({ request, body, kept, timeZone }: KeptBodyProps) {
  const t = useTranslations("requests.bodies");
  const format = useFormatter();
  return (
    <section aria-labelledby="body-title">
      <h3 id="body-title" className="mb-2 text-14">
        {t("title")}
      </h3>
      {body ? (
        <div className="flex flex-col gap-3">
          {body.request === null ? (
            <p className="text-13 text-muted">{t("requestTooLarge")}</p>
          ) : (
            <CodeBlock code={indented(body.request)} what={t("request")} low />
          )}
          {body.answer === null ? (
            <p className="text-13 text-muted">{t("answerTooLarge")}</p>
          ) : (
            <Answer answer={body.answer} />
          )}
          <p className="flex flex-wrap items-center justify-between gap-2 text-13 text-muted">
            {t("until", {
              time: format.dateTime(body.expiresAt, { dateStyle: "medium", timeStyle: "short", timeZone }),
            })}
            <DeleteBody requestId={request.id} />
          </p>
        </div>
      ) : (
        <p className="text-pretty text-13 text-muted">
          {request.source === "chat"
            ? t("chat")
            : kept
              ? t("none")
              : t.rich("off", {
                  settings: (text) => (
                    <Link href="/settings/data" className="link">
                      {text}
                    </Link>
                  ),
                })}
        </p>
      )}
    </section>
  );
}

function Answer({ answer }: { answer: KeptAnswer }) {
  const t = useTranslations("requests.bodies");
  const { reasoning, content, toolCalls, error } = answer;
  const calls = toolCalls.map(({ name, arguments: given }) => `${name}(${given})`).join("\n");
  return (
    <>
      {reasoning !== "" && <CodeBlock code={reasoning} what={t("thinking")} low wrapped />}
      {content !== "" && <CodeBlock code={content} what={t("answer")} low wrapped />}
      {calls !== "" && <CodeBlock code={calls} what={t("toolCalls")} low wrapped />}
      {error !== null && <CodeBlock code={error} what={t("error")} low wrapped />}
    </>
  );
}

function indented(json: string): string {
  return JSON.stringify(JSON.parse(json), null, 2);
}
