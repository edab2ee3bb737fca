import { calculator } from "./calculator/calculator.ts";
import { chart } from "./chart/chart.ts";
import { currentTime } from "./current-time/current-time.ts";
import { fetchPage } from "./fetch-page/fetch-page.ts";
import { runJavaScript } from "./run-javascript/run-javascript.ts";
import type { BuiltInTool } from "./tool.ts";
import { weather } from "./weather/weather.ts";
import { webSearch } from "./web-search/web-search.ts";

/** The tools that come with the program, in the order of the settings page. */
export const builtInTools: readonly BuiltInTool[] = [
  calculator,
  currentTime,
  runJavaScript,
  chart,
  fetchPage,
  webSearch,
  weather,
];
