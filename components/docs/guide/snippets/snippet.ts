export type SnippetLanguage = "bash" | "javascript" | "python" | "json" | "text";

/** Something to paste. Programs read the key from the environment variable `AIG_KEY`. */
export interface Snippet {
  language: SnippetLanguage;
  /** On its tab, and after "Copy". */
  label: string;
  code: string;
}

export interface SnippetFacts {
  /** The base URL that clients are given; ends with `/v1`. */
  apiUrl: string;
  model: string;
}
