import { getDocumentProxy } from "unpdf";

export interface PdfText {
  /** Each page below a line that names it. Empty when the file holds pictures of text only. */
  text: string;
  pages: number;
  /** There is more text than was taken. */
  truncated: boolean;
}

/** The text of a PDF, or why it cannot be read. Works on what strangers made: for a thread of its own. */
export async function readPdf(
  bytes: Uint8Array,
  limits: { maxPages: number; maxChars: number },
): Promise<PdfText | string> {
  const document = await openPdf(bytes);
  if (typeof document === "string") return document;
  const { numPages } = document;
  const pages: string[] = [];
  let chars = 0;
  for (let number = 1; number <= Math.min(numPages, limits.maxPages) && chars <= limits.maxChars; number++) {
    const text = await pageText(document, number);
    if (text === "") continue;
    pages.push(`[Page ${number}]\n${text}`);
    chars += text.length;
  }
  const text = pages.join("\n\n");
  return {
    text: text.slice(0, limits.maxChars),
    pages: numPages,
    truncated: text.length > limits.maxChars || numPages > limits.maxPages,
  };
}

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

async function openPdf(bytes: Uint8Array): Promise<PdfDocument | string> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === "PasswordException") return "it is protected by a password";
    if (["InvalidPDFException", "FormatError", "UnknownErrorException"].includes(error.name))
      return "it is damaged";
    throw error;
  }
}

async function pageText(document: PdfDocument, number: number): Promise<string> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  const text = items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
  page.cleanup();
  return text.replace(/[ \t]+\n/g, "\n").trim();
}
