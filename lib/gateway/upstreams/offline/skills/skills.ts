import type { Skill } from "../reply.ts";
import { about, modelFacts } from "./about.ts";
import { arithmetic } from "./arithmetic.ts";
import { code } from "./code.ts";
import { dates } from "./dates.ts";
import { echo } from "./echo.ts";
import { followUps } from "./follow-ups.ts";
import { longForm } from "./long-form.ts";
import { markdownDemo } from "./markdown-demo.ts";
import { pictures } from "./pictures.ts";
import { summary } from "./summary.ts";
import { textWork } from "./text-work.ts";
import { title } from "./title.ts";

/** Asked in this order; the first that knows the request answers it. */
export const skills: readonly Skill[] = [
  pictures,
  title,
  followUps,
  about,
  summary,
  longForm,
  textWork,
  code,
  echo,
  dates,
  arithmetic,
  modelFacts,
  markdownDemo,
];
