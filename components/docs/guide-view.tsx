import { ChevronDown } from "lucide-react";
import { BlockView } from "./block-view.tsx";
import type { Guide, Section } from "./guide/blocks.ts";
import { InlineText } from "./inline-text.tsx";
import { SectionLinks } from "./section-links.tsx";

/** A guide as a page: its contents at the left, one column to read. `markdownPath` leads to the same as Markdown. */
export function GuideView({ guide, markdownPath }: { guide: Guide; markdownPath: string }) {
  const links = guide.sections.map(({ id, title }) => ({ id, title }));
  return (
    <div className="mx-auto grid w-full max-w-280 gap-x-12 px-4 sm:px-6 lg:grid-cols-[13rem_minmax(0,1fr)]">
      <nav aria-label="On this page" className="hidden lg:block print:hidden">
        <div className="sticky top-14 max-h-[calc(100dvh-3.5rem)] overflow-y-auto py-10">
          <SectionLinks sections={links} />
        </div>
      </nav>
      <article className="min-w-0 max-w-190 py-8 text-16 leading-relaxed sm:py-10">
        <header>
          <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-13 text-muted">
            <span>Guide</span>
            <a href={markdownPath} className="link">
              View as {markdownPath}
            </a>
          </p>
          <h1 className="mt-2 text-40">{guide.title}</h1>
          <p className="mt-3 text-pretty text-20 text-muted">
            <InlineText text={guide.summary} />
          </p>
        </header>
        <PhoneContents sections={guide.sections} />
        {guide.sections.map((section) => (
          <SectionView key={section.id} section={section} />
        ))}
      </article>
    </div>
  );
}

function PhoneContents({ sections }: { sections: readonly Section[] }) {
  return (
    <details className="group mt-8 rounded-card border border-border bg-surface lg:hidden print:hidden">
      <summary className="target flex list-none items-center justify-between px-4 font-medium text-14 [&::-webkit-details-marker]:hidden">
        On this page
        <ChevronDown
          aria-hidden="true"
          className="size-4 text-muted transition-transform group-open:rotate-180"
        />
      </summary>
      <ol className="flex flex-col px-4 pb-3 text-14">
        {sections.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`} className="target flex items-center text-muted hover:text-foreground">
              {title}
            </a>
          </li>
        ))}
      </ol>
    </details>
  );
}

function SectionView({ section: { id, title, blocks } }: { section: Section }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="mt-12 scroll-mt-18">
      <h2 id={`${id}-title`} className="group text-20">
        {title}
        <a
          href={`#${id}`}
          aria-label={`Link to ${title}`}
          className="ml-2 text-faint opacity-0 hover:text-accent focus-visible:opacity-100 group-hover:opacity-100"
        >
          #
        </a>
      </h2>
      <div className="mt-4 flex flex-col gap-4 [&>*]:min-w-0">
        {blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a section never move.
          <BlockView key={index} block={block} />
        ))}
      </div>
    </section>
  );
}
