"use client";

import { Code, Workflow } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { CodeFence } from "./code-fence.tsx";
import { type DrawnDiagram, drawDiagram, drawnBefore } from "./draw-diagram.ts";
import { Lightbox } from "./lightbox.tsx";
import { useDark } from "./use-dark.ts";

/** A Mermaid diagram: its source while it is written, then the picture. What cannot be drawn stays code and says so. */
export function Diagram({ source, incomplete }: { source: string; incomplete: boolean }) {
  const t = useTranslations("chat.thread.diagram");
  const [asCode, setAsCode] = useState(false);
  const drawn = useDrawn(source, incomplete);
  if (!drawn || asCode) {
    return (
      <CodeFence
        code={source}
        language="mermaid"
        incomplete={incomplete}
        note={drawn === null && !incomplete ? t("broken") : null}
        actions={
          drawn && (
            <IconButton
              label={t("picture")}
              icon={<Workflow aria-hidden="true" />}
              onClick={() => setAsCode(false)}
            />
          )
        }
      />
    );
  }
  return (
    <figure className="code-fence">
      <figcaption>
        <span>{t("name")}</span>
        <IconButton label={t("source")} icon={<Code aria-hidden="true" />} onClick={() => setAsCode(true)} />
      </figcaption>
      <Lightbox
        address={drawn.address}
        alt={t("name")}
        className="block w-full cursor-zoom-in overflow-hidden p-3"
      >
        {/* biome-ignore lint/performance/noImgElement: a drawing made in this page. */}
        <img
          src={drawn.address}
          alt=""
          width={drawn.width}
          height={drawn.height}
          className="mx-auto h-auto max-h-[70dvh] w-auto max-w-full object-contain"
        />
      </Lightbox>
    </figure>
  );
}

/** Undefined while it is not known, null when it cannot be drawn. */
function useDrawn(source: string, incomplete: boolean): DrawnDiagram | null | undefined {
  const dark = useDark();
  const [drawn, setDrawn] = useState(() => (incomplete ? undefined : drawnBefore(source, dark)));
  useEffect(() => {
    if (incomplete) return;
    let current = true;
    drawDiagram(source, dark).then(
      (result) => current && setDrawn(result),
      () => current && setDrawn(null),
    );
    return () => {
      current = false;
    };
  }, [source, dark, incomplete]);
  return drawn;
}
