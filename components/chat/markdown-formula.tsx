"use client";

import { lazy, Suspense } from "react";
import type { FormulaProps } from "./formula.tsx";

const Formula = lazy(() => import("./formula.tsx").then((module) => ({ default: module.Formula })));

/** A formula; its source stands in its place until KaTeX has been fetched. */
export function MarkdownFormula(props: FormulaProps) {
  return (
    <Suspense fallback={<code dir="ltr">{props.source}</code>}>
      <Formula {...props} />
    </Suspense>
  );
}
