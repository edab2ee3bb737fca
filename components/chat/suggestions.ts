export interface Suggestion {
  title: string;
  /** What the line below the title says. */
  about: string;
  prompt: string;
}

/** Real prompts, each for something the chat does today. */
export const suggestions: readonly Suggestion[] = [
  {
    title: "Work it out",
    about: "What is 17 × 23 + 4, step by step",
    prompt: "What is 17 × 23 + 4? Work it out step by step.",
  },
  {
    title: "Write code",
    about: "Reverse a string in Python",
    prompt: "Reverse a string in Python, with two example calls.",
  },
  {
    title: "Set it out",
    about: "A Markdown demo: table, list, code",
    prompt: "Show me a Markdown demo with a table, a list and a code block.",
  },
  {
    title: "Write at length",
    about: "A long article on streaming over HTTP",
    prompt: "Write a long article on how streaming over HTTP works.",
  },
];
