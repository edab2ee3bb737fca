"use client";

import { useEffect, useState } from "react";

export interface SectionLink {
  id: string;
  title: string;
}

/** Links to the sections of the page; the one being read is marked. */
export function SectionLinks({ sections }: { sections: readonly SectionLink[] }) {
  const current = useSectionInView(sections);
  return (
    <ol className="flex flex-col border-border border-l text-13">
      {sections.map(({ id, title }) => (
        <li key={id}>
          <a
            href={`#${id}`}
            aria-current={id === current ? "location" : undefined}
            className="-ml-px block border-transparent border-l py-1 pl-3.5 text-muted hover:text-foreground aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-foreground touch:py-2.5"
          >
            {title}
          </a>
        </li>
      ))}
    </ol>
  );
}

function useSectionInView(sections: readonly SectionLink[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const inView = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) inView.add(target.id);
          else inView.delete(target.id);
        }
        const first = sections.find(({ id }) => inView.has(id));
        if (first) setCurrent(first.id);
      },
      // The bar at the top covers the first pixels; the lower half of the screen is not being read yet.
      { rootMargin: "-72px 0px -55% 0px" },
    );
    for (const { id } of sections) {
      const section = document.getElementById(id);
      if (section) observer.observe(section);
    }
    return () => observer.disconnect();
  }, [sections]);
  return current;
}
