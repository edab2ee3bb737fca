import { PlaceLink } from "./place-link.tsx";

/** The mark: a gate with something passing through. */
export function Mark({ className = "size-6" }: { className?: string | undefined }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={`shrink-0 ${className}`}>
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <path
        d="M8.5 24V15.5a7.5 7.5 0 0 1 15 0V24"
        fill="none"
        strokeWidth="3"
        strokeLinecap="round"
        className="stroke-accent-foreground"
      />
      <circle cx="16" cy="19" r="2.5" className="fill-accent-foreground" />
    </svg>
  );
}

/** Mark and name, leading home. */
export function Brand({ href = "/" }: { href?: string | undefined }) {
  return (
    <PlaceLink
      href={href}
      className="target inline-flex items-center gap-2.5 rounded-control font-semibold text-16 tracking-tight"
    >
      <Mark />
      {/* Geist's serifed I: without it the name reads "Al". */}
      <span className="rail-narrow:sr-only [font-feature-settings:'ss05']">AIgateway</span>
    </PlaceLink>
  );
}
