/** What a person's library of prompts may hold. Free of dependencies: the browser imports it too. */
export const promptLimits = { count: 500, nameChars: 60, textChars: 20_000 } as const;
