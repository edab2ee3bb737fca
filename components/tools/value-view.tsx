import { useTranslations } from "next-intl";

const maxItems = 30;
const maxDepth = 4;

/** Any JSON as a person reads it: fields by name, lists as lists. What is deep or long is cut; the raw view has it all. */
export function ValueView({ value, depth = 0 }: { value: unknown; depth?: number }) {
  const t = useTranslations("tools.cards");
  if (Array.isArray(value)) {
    if (value.length === 0 || depth >= maxDepth) return <Leaf text={JSON.stringify(value)} />;
    return (
      <ul className="flex flex-col gap-1 border-border border-l pl-3">
        {value.slice(0, maxItems).map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a result's list does not change its order.
          <li key={index} className="min-w-0">
            <ValueView value={item} depth={depth + 1} />
          </li>
        ))}
        {value.length > maxItems && (
          <li className="text-muted">{t("more", { count: value.length - maxItems })}</li>
        )}
      </ul>
    );
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0 || depth >= maxDepth) return <Leaf text={JSON.stringify(value)} />;
    return (
      <dl className="grid grid-cols-[minmax(4rem,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1">
        {entries.slice(0, maxItems).map(([name, inner]) => (
          <div key={name} className="contents">
            <dt className="max-w-48 truncate text-muted" title={name}>
              {name.replaceAll("_", " ")}
            </dt>
            <dd className="min-w-0">
              <ValueView value={inner} depth={depth + 1} />
            </dd>
          </div>
        ))}
        {entries.length > maxItems && (
          <dd className="col-span-2 text-muted">{t("more", { count: entries.length - maxItems })}</dd>
        )}
      </dl>
    );
  }
  return <Leaf text={value === null || value === undefined ? t("fields.none") : String(value)} />;
}

function Leaf({ text }: { text: string }) {
  return <span className="figures whitespace-pre-wrap break-words">{text}</span>;
}
