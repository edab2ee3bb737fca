const mib = 1_048_576;

/** What may be attached. The page names these before anything is sent; the server holds to them. */
export const attachmentLimits = {
  filesPerMessage: 10,
  /** Of an upload, by what it turns out to be. */
  imageBytes: 20 * mib,
  pdfBytes: 20 * mib,
  textBytes: 2 * mib,
  /** Of a decoded picture: width times height. */
  imagePixels: 50_000_000,
  /** The long edge a picture is reduced to: what the model profits from, and text on it stays legible. */
  longEdgePx: 2_048,
  /** Of the text of one file that the model is given. */
  textChars: 200_000,
  pdfPages: 500,
} as const;

/** A pasted text above this becomes a file. */
export const longPasteChars = 4_000;

export const largestUploadBytes = Math.max(
  attachmentLimits.imageBytes,
  attachmentLimits.pdfBytes,
  attachmentLimits.textBytes,
);
