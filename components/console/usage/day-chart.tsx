import { niceScale } from "./chart-scale.ts";
import { formatDay } from "./format-usage.ts";

export interface DayValue {
  /** `YYYY-MM-DD` */
  day: string;
  api: number;
  chat: number;
}

export interface DayChartProps {
  /** Names the pattern that marks the chat; one of its kind on a page. */
  id: string;
  /** What is seen, for those who do not see it. */
  label: string;
  days: readonly DayValue[];
  format(value: number): string;
  /** The same for the axis, whose steps are round. */
  formatTick(value: number, step: number): string;
}

/** Bars by day, API below and chat above it. Hovering a day tells its figures; the table beside it has them all. */
export function DayChart({ id, label, days, format, formatTick }: DayChartProps) {
  const scale = niceScale(Math.max(0, ...days.map(({ api, chat }) => api + chat)));
  const step = scale.ticks[1] ?? 1;
  const percent = (value: number) => (value / scale.top) * 100;
  return (
    <figure>
      <div className="flex gap-2">
        <ol
          aria-hidden="true"
          className="figures flex h-52 flex-col-reverse justify-between text-12 text-muted"
        >
          {scale.ticks.map((tick) => (
            <li key={tick} className="-my-2 text-right leading-4">
              {formatTick(tick, step)}
            </li>
          ))}
        </ol>
        <div className="min-w-0 flex-1">
          <div className="relative h-52">
            <svg role="img" aria-label={label} className="absolute inset-0 size-full overflow-visible">
              <ChatPattern id={id} />
              {scale.ticks.map((tick) => (
                <line
                  key={tick}
                  x1="0"
                  x2="100%"
                  y1={`${100 - percent(tick)}%`}
                  y2={`${100 - percent(tick)}%`}
                  className={tick === 0 ? "stroke-control" : "stroke-border"}
                />
              ))}
              {days.map(({ day, api, chat }, index) => (
                <Bar
                  key={day}
                  left={(index / days.length) * 100}
                  width={100 / days.length}
                  api={percent(api)}
                  chat={percent(chat)}
                  patternId={id}
                />
              ))}
            </svg>
            <Details days={days} format={format} />
          </div>
          <DayLabels days={days} />
        </div>
      </div>
      <Legend id={`${id}-legend`} />
    </figure>
  );
}

interface BarProps {
  /** Places and sizes are percent of the chart. */
  left: number;
  width: number;
  api: number;
  chat: number;
  patternId: string;
}

function Bar({ left, width, api, chat, patternId }: BarProps) {
  const x = `${left + width * 0.16}%`;
  const broad = `${width * 0.68}%`;
  return (
    <>
      {api > 0 && (
        <rect x={x} width={broad} y={`${100 - api}%`} height={`${api}%`} className="fill-chart-1" />
      )}
      {chat > 0 && (
        <rect
          x={x}
          width={broad}
          y={`${100 - api - chat}%`}
          height={`${chat}%`}
          fill={`url(#${patternId})`}
          className="stroke-background"
        />
      )}
    </>
  );
}

/** Stripes tell the chat apart where its colour does not. */
function ChatPattern({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="fill-chart-2" />
        <rect width="1.5" height="6" className="fill-background" />
      </pattern>
    </defs>
  );
}

function Details({ days, format }: Pick<DayChartProps, "days" | "format">) {
  return (
    <div aria-hidden="true" className="absolute inset-0 flex">
      {days.map(({ day, api, chat }, index) => (
        <div key={day} className="group relative flex-1 hover:bg-foreground/5">
          <div
            className={`figures pointer-events-none absolute top-0 z-10 hidden w-max rounded-control border border-border bg-overlay px-3 py-2 text-12 shadow-float group-hover:block ${index < days.length / 2 ? "left-full ml-1" : "right-full mr-1"}`}
          >
            <p className="font-medium">{formatDay(day)}</p>
            <dl className="mt-1 grid grid-cols-[auto_auto] gap-x-4 text-muted">
              <dt>API</dt>
              <dd className="text-right text-foreground">{format(api)}</dd>
              <dt>Chat</dt>
              <dd className="text-right text-foreground">{format(chat)}</dd>
            </dl>
          </div>
        </div>
      ))}
    </div>
  );
}

const labelEveryDays = 7;

function DayLabels({ days }: Pick<DayChartProps, "days">) {
  const last = days.length - 1;
  return (
    <ol aria-hidden="true" className="figures flex h-5 text-12 text-muted">
      {days.map(({ day }, index) => (
        <li key={day} className="relative flex-1">
          {(last - index) % labelEveryDays === 0 && (
            <span
              className={`absolute top-1 whitespace-nowrap ${index === last ? "right-0" : "left-1/2 -translate-x-1/2"}`}
            >
              {formatDay(day)}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function Legend({ id }: { id: string }) {
  return (
    <figcaption className="mt-3 flex gap-5 text-12 text-muted">
      <span className="flex items-center gap-2">
        <svg aria-hidden="true" className="size-3 rounded-[3px]">
          <rect width="100%" height="100%" className="fill-chart-1" />
        </svg>
        API
      </span>
      <span className="flex items-center gap-2">
        <svg aria-hidden="true" className="size-3 rounded-[3px]">
          <ChatPattern id={id} />
          <rect width="100%" height="100%" fill={`url(#${id})`} />
        </svg>
        Chat
      </span>
    </figcaption>
  );
}
