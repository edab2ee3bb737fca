import { type ReactNode, useId } from "react";

/** One matter of a page of the settings. */
export function SettingsSection({
  title,
  text,
  children,
}: {
  title: string;
  text: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3 py-6 first:pt-0">
      <div>
        <h2 id={id} className="text-16">
          {title}
        </h2>
        <p className="mt-1 max-w-160 text-pretty text-14 text-muted">{text}</p>
      </div>
      {children}
    </section>
  );
}
