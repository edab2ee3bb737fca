import { useLocale, useTranslations } from "next-intl";
import { Markdown } from "#components/chat/markdown.tsx";
import { ThoughtText } from "#components/chat/thought-text.tsx";
import { lookOf } from "#components/tools/call-look.tsx";
import { ValueView } from "#components/tools/value-view.tsx";
import { formatDuration } from "#components/ui/format-duration.ts";
import type { SharedMessage, SharedPart } from "#lib/chat/share/snapshot.ts";
import { Folded } from "./folded.tsx";

/** The messages of a share, as the thread shows them and with nothing to do but read. */
export function SharedThread({ messages, filesPath }: { messages: SharedMessage[]; filesPath: string }) {
  const t = useTranslations("data.page");
  return (
    <div className="flex flex-col gap-6">
      {messages.map((message, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a snapshot does not change its order.
        <article key={place} data-role={message.role} className="flex min-w-0 flex-col gap-3">
          <h2 className="sr-only">{message.role === "user" ? t("you") : t("model")}</h2>
          {message.parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above.
            <PartView key={index} part={part} role={message.role} filesPath={filesPath} />
          ))}
        </article>
      ))}
    </div>
  );
}

interface PartViewProps {
  part: SharedPart;
  role: SharedMessage["role"];
  filesPath: string;
}

function PartView({ part, role, filesPath }: PartViewProps) {
  switch (part.type) {
    case "text":
      return role === "user" ? (
        <div
          dir="auto"
          className="max-w-[85%] self-end whitespace-pre-wrap break-words rounded-composer bg-raised px-4 py-2.5 text-16 leading-[1.6]"
        >
          {part.text}
        </div>
      ) : (
        <Markdown streaming={false}>{part.text}</Markdown>
      );
    case "reasoning":
      return <SharedThinking part={part} />;
    case "tool":
      return <SharedTool part={part} />;
    case "file":
      return <SharedFile part={part} fromPerson={role === "user"} filesPath={filesPath} />;
  }
}

type PartOf<Type extends SharedPart["type"]> = Extract<SharedPart, { type: Type }>;

function SharedThinking({ part }: { part: PartOf<"reasoning"> }) {
  const t = useTranslations("data.page");
  const locale = useLocale();
  const label =
    part.tookMs === null ? t("thinking") : t("thought", { time: formatDuration(part.tookMs, locale) });
  return (
    <Folded summary={label} className="text-14 text-muted">
      <div className="mt-1 mb-2 ml-1.5 border-border border-l-2 pl-4">
        <ThoughtText text={part.text} />
      </div>
    </Folded>
  );
}

function SharedTool({ part }: { part: PartOf<"tool"> }) {
  const t = useTranslations("data.page");
  const words = useTranslations("tools.cards");
  const { icon: Icon, title } = lookOf(part.name, part.detail?.input, part.title ?? undefined, words);
  const line = (
    <>
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 flex-1 truncate">{title}</span>
      <span className="text-13 text-muted">{t(part.state)}</span>
    </>
  );
  if (!part.detail) {
    return (
      <div className="flex items-center gap-2.5 rounded-card border border-border px-3 py-2.5 text-14">
        {line}
      </div>
    );
  }
  return (
    <Folded summary={line} className="rounded-card border border-border px-3 text-14">
      <div className="flex flex-col gap-3 border-border border-t py-3 text-13">
        <section>
          <h3 className="mb-1 text-12 text-muted">{t("input")}</h3>
          <ValueView value={part.detail.input} />
        </section>
        <section>
          <h3 className="mb-1 text-12 text-muted">{t("output")}</h3>
          <ValueView value={part.detail.output} />
        </section>
      </div>
    </Folded>
  );
}

interface SharedFileProps {
  part: PartOf<"file">;
  fromPerson: boolean;
  filesPath: string;
}

function SharedFile({ part, fromPerson, filesPath }: SharedFileProps) {
  const address = `${filesPath}/${encodeURIComponent(part.attachmentId)}`;
  const side = fromPerson ? "self-end" : "self-start";
  if (!part.mediaType.startsWith("image/")) {
    return (
      <a href={address} className={`link max-w-full truncate ${side}`} dir="auto">
        {part.filename}
      </a>
    );
  }
  return (
    <a href={address} className={`block max-w-[85%] ${side}`}>
      {/* biome-ignore lint/performance/noImgElement: a private file, already in the size it is shown in. */}
      <img
        src={address}
        alt={part.filename}
        loading="lazy"
        decoding="async"
        className="max-h-96 rounded-card border border-border"
      />
    </a>
  );
}
