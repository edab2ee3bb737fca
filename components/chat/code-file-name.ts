const endings: Record<string, string> = {
  bash: "sh",
  shell: "sh",
  zsh: "sh",
  console: "txt",
  text: "txt",
  plaintext: "txt",
  python: "py",
  javascript: "js",
  typescript: "ts",
  markdown: "md",
  rust: "rs",
  ruby: "rb",
  kotlin: "kt",
  csharp: "cs",
  "c++": "cpp",
  "c#": "cs",
  haskell: "hs",
  perl: "pl",
  powershell: "ps1",
  yaml: "yml",
  mermaid: "mmd",
  latex: "tex",
};

/** The name a downloaded piece of code gets, by the language its fence names. */
export function codeFileName(language: string): string {
  const name = language.toLowerCase();
  if (name === "dockerfile") return "Dockerfile";
  if (name === "makefile") return "Makefile";
  const ending = Object.hasOwn(endings, name) ? endings[name] : /^[a-z0-9]{1,10}$/.test(name) ? name : "txt";
  return `code.${ending}`;
}
