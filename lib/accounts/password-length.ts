/** In UTF-16 code units, as browsers count them for `minlength`. */
export const passwordLength = { min: 8, max: 200 } as const;
