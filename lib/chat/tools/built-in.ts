import { calculator } from "./calculator/calculator.ts";
import type { BuiltInTool } from "./tool.ts";

/** The tools that come with the program, in the order of the settings page. */
export const builtInTools: readonly BuiltInTool[] = [calculator];
