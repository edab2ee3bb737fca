type Mermaid = typeof import("mermaid")["default"];

export interface DrawnDiagram {
  /** A picture's address: as an image nothing in it can run or reach out. */
  address: string;
  width: number;
  height: number;
}

const longestSource = 20_000;
const keptDiagrams = 40;
const kept = new Map<string, DrawnDiagram | null>();
let loading: Promise<Mermaid> | null = null;
let last: Promise<unknown> = Promise.resolve();
let made = 0;

function loadMermaid(): Promise<Mermaid> {
  loading ??= import("mermaid").then((module) => module.default);
  return loading;
}

/** What was drawn before, at once; undefined when nothing was, null when it cannot be drawn. */
export function drawnBefore(source: string, dark: boolean): DrawnDiagram | null | undefined {
  return kept.get(`${dark} ${source}`);
}

/** Draws a Mermaid diagram, one at a time; null when the source is not one. Mermaid is fetched with the first. */
export function drawDiagram(source: string, dark: boolean): Promise<DrawnDiagram | null> {
  const turn = last.then(() => draw(source, dark));
  last = turn.catch(() => undefined);
  return turn;
}

async function draw(source: string, dark: boolean): Promise<DrawnDiagram | null> {
  const known = drawnBefore(source, dark);
  if (known !== undefined) return known;
  const drawn = source.length > longestSource ? null : await render(source, dark);
  if (kept.size >= keptDiagrams) kept.clear();
  kept.set(`${dark} ${source}`, drawn);
  return drawn;
}

async function render(source: string, dark: boolean): Promise<DrawnDiagram | null> {
  const mermaid = await loadMermaid();
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    theme: dark ? "dark" : "neutral",
    // A picture does not see the page's fonts, and measures its labels only as plain text.
    fontFamily: "system-ui, sans-serif",
    htmlLabels: false,
  });
  if (!(await mermaid.parse(source, { suppressErrors: true }))) return null;
  made += 1;
  const { svg } = await mermaid.render(`diagram-${made}`, source);
  return toPicture(svg);
}

/** Gives the drawing its own size, which an image without one would not have. */
function toPicture(svg: string): DrawnDiagram | null {
  const root = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
  const box = root?.getAttribute("viewBox")?.split(/\s+/).map(Number);
  const [, , width = 0, height = 0] = box ?? [];
  if (!root || !(width > 0 && height > 0)) return null;
  root.setAttribute("width", String(Math.ceil(width)));
  root.setAttribute("height", String(Math.ceil(height)));
  const text = new XMLSerializer().serializeToString(root);
  return {
    address: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`,
    width: Math.ceil(width),
    height: Math.ceil(height),
  };
}
