/** The width of what is read. */
export const column = "mx-auto w-full max-w-[47.5rem]";
