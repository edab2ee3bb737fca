/** A PDF of its own making: one page for each list of lines. */
export function makePdf(pages: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> {
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(" ");
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    `<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ...pages.flatMap((lines, index) => {
      const drawn = `BT /F1 12 Tf 20 700 Td ${lines.map((line) => `(${line}) Tj 0 -16 Td`).join(" ")} ET`;
      return [
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents ${5 + index * 2} 0 R/Resources<</Font<</F1 3 0 R>>>>>>`,
        `<</Length ${drawn.length}>>\nstream\n${drawn}\nendstream`,
      ];
    }),
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join("")}`;
  text += `${table}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF`;
  return new Uint8Array(Buffer.from(text, "latin1"));
}

const plain = { red: "#dc1e1e", blue: "#285adc" };

/** A picture of one colour. */
export async function makePicture(
  colour: keyof typeof plain,
  options: { width?: number; height?: number; format?: "png" | "jpeg" } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { width = 64, height = 48, format = "png" } = options;
  const { default: sharp } = await import("sharp");
  const create = { width, height, channels: 3 as const, background: plain[colour] };
  return new Uint8Array(await sharp({ create }).toFormat(format).toBuffer());
}
