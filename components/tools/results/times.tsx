import * as z from "zod/mini";

const timesSchema = z.object({
  times: z.array(z.object({ timeZone: z.string(), local: z.string(), iso: z.string() })),
});

/** The time in one or more zones. Null when it is not of that shape. */
export function times(_input: unknown, output: unknown) {
  const given = timesSchema.safeParse(output);
  if (!given.success) return null;
  return (
    <ul className="flex flex-col gap-2">
      {given.data.times.map(({ timeZone, local, iso }) => (
        <li key={timeZone} className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="text-muted">{timeZone}</span>
          <time dateTime={iso} title={iso} className="figures font-medium">
            {local}
          </time>
        </li>
      ))}
    </ul>
  );
}
