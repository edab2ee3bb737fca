import { useTranslations } from "next-intl";
import * as z from "zod/mini";

const pageSchema = z.object({ url: z.string(), title: z.string(), text: z.string(), truncated: z.boolean() });

/** The beginning of a page that was read. Null when it is not of that shape. */
export function page(_input: unknown, output: unknown) {
  const given = pageSchema.safeParse(output);
  if (!given.success) return null;
  const { url, title, text, truncated } = given.data;
  return (
    <div className="flex flex-col gap-2">
      <Source url={url} title={title} />
      <p className="max-h-60 overflow-auto whitespace-pre-line text-13 text-muted">{text.slice(0, 1_500)}</p>
      {truncated && <Truncated />}
    </div>
  );
}

const searchSchema = z.object({
  results: z.array(z.object({ title: z.string(), url: z.string(), snippet: z.string() })),
});

/** What a search found. Null when it is not of that shape. */
export function search(_input: unknown, output: unknown) {
  const given = searchSchema.safeParse(output);
  if (!given.success) return null;
  return (
    <ol className="flex flex-col gap-3">
      {given.data.results.map(({ title, url, snippet }) => (
        <li key={url}>
          <Source url={url} title={title} />
          <p className="line-clamp-2 text-13 text-muted">{snippet}</p>
        </li>
      ))}
    </ol>
  );
}

function Truncated() {
  const t = useTranslations("tools.cards");
  return <p className="text-12 text-muted">{t("truncated")}</p>;
}

/** A page that a tool found. Only web addresses become links. */
function Source({ url, title }: { url: string; title: string }) {
  const parsed = URL.parse(url);
  const isWeb = parsed?.protocol === "https:" || parsed?.protocol === "http:";
  if (!isWeb) return <p className="break-words">{title || url}</p>;
  return (
    <p className="min-w-0">
      <a
        href={url}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="font-medium text-accent-strong underline-offset-2 hover:underline"
      >
        {title || url}
      </a>
      <span className="block truncate text-12 text-muted">{parsed.host}</span>
    </p>
  );
}
