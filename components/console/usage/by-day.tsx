import { formatMoney, formatMoneyExact } from "#components/ui/format-money.ts";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import type { DaySpend } from "#lib/usage/reports.ts";
import { DayChart } from "./day-chart.tsx";
import { countOf, formatCount, formatDay } from "./format-usage.ts";
import { totalsOf } from "./totals.ts";

/** Spend and requests of each day, as bars and as a table. Oldest day first. */
export function ByDay({ days, timeZone }: { days: readonly DaySpend[]; timeZone: string }) {
  const totals = totalsOf(days);
  const spend = days.map(({ day, bySource: { api, chat } }) => ({
    day,
    api: Number(api.costNanoUsd),
    chat: Number(chat.costNanoUsd),
  }));
  const requests = days.map(({ day, bySource: { api, chat } }) => ({
    day,
    api: api.requests,
    chat: chat.requests,
  }));
  return (
    <section aria-labelledby="by-day" className="rounded-card border border-border p-4">
      <h2 id="by-day" className="mb-1 flex flex-wrap items-baseline justify-between gap-x-4 text-14">
        By day
        <span className="font-normal text-12 text-muted">Days of {timeZone.replaceAll("_", " ")}</span>
      </h2>
      <Tabs
        label="What is shown by day"
        items={[
          {
            value: "spend",
            label: "Spend",
            content: (
              <DayChart
                id="spend-by-day"
                label={`Spend by day over ${days.length} days, ${formatMoneyExact(totals.costNanoUsd)} in all. The table has each day's figures.`}
                days={spend}
                format={(nanoUsd) => formatMoneyExact(BigInt(nanoUsd))}
                formatTick={formatMoneyTick}
              />
            ),
          },
          {
            value: "requests",
            label: "Requests",
            content: (
              <DayChart
                id="requests-by-day"
                label={`Requests by day over ${days.length} days, ${countOf(totals.requests, "request")} in all. The table has each day's figures.`}
                days={requests}
                format={formatCount}
                formatTick={formatCount}
              />
            ),
          },
          { value: "table", label: "Table", content: <DayTable days={days} /> },
        ]}
      />
    </section>
  );
}

const nanoDigits = 9;

/** As many decimals as the step between two ticks has, so that all of an axis agree. */
function formatMoneyTick(nanoUsd: number, stepNanoUsd: number): string {
  const trailingZeros = /0*$/.exec(String(stepNanoUsd))?.[0].length ?? 0;
  const digits = Math.max(nanoDigits - trailingZeros, 0);
  return formatMoney(BigInt(nanoUsd), digits === 1 ? 2 : digits);
}

function DayTable({ days }: { days: readonly DaySpend[] }) {
  return (
    <Table label="Usage by day">
      <TableHead>
        <Th>Day</Th>
        <Th numeric>API requests</Th>
        <Th numeric>Chat requests</Th>
        <Th numeric>Prompt tokens</Th>
        <Th numeric>Completion tokens</Th>
        <Th numeric>API spend</Th>
        <Th numeric>Chat spend</Th>
      </TableHead>
      <tbody>
        {days.toReversed().map(({ day, bySource: { api, chat }, promptTokens, completionTokens }) => (
          <Tr key={day}>
            <Td className="whitespace-nowrap">{formatDay(day)}</Td>
            <Td numeric>{formatCount(api.requests)}</Td>
            <Td numeric>{formatCount(chat.requests)}</Td>
            <Td numeric>{formatCount(promptTokens)}</Td>
            <Td numeric>{formatCount(completionTokens)}</Td>
            <Td numeric>{formatMoneyExact(api.costNanoUsd)}</Td>
            <Td numeric>{formatMoneyExact(chat.costNanoUsd)}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
