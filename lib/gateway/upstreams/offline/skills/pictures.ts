import type { ImageFacts } from "../images.ts";
import type { Prompt } from "../prompt.ts";
import { type Skill, say } from "../reply.ts";

const chineseColours: Readonly<Record<string, string>> = {
  black: "黑色",
  "dark grey": "深灰",
  grey: "灰色",
  "light grey": "浅灰",
  white: "白色",
  red: "红色",
  "dark red": "深红",
  orange: "橙色",
  brown: "棕色",
  beige: "米色",
  yellow: "黄色",
  olive: "橄榄色",
  green: "绿色",
  "dark green": "深绿",
  "light green": "浅绿",
  turquoise: "青绿",
  "light blue": "浅蓝",
  blue: "蓝色",
  "dark blue": "深蓝",
  purple: "紫色",
  pink: "粉色",
  magenta: "品红",
};

/** What the pixels of the person's pictures say, and no more. */
export const pictures: Skill = (prompt) => {
  if (prompt.images.length === 0) return null;
  const described = prompt.images.map((image, index) => {
    const label =
      prompt.images.length === 1
        ? say(prompt, "The picture", "图片")
        : say(prompt, `Picture ${index + 1}`, `图片 ${index + 1}`);
    return `**${label}**: ${wordsFor(prompt, image)}`;
  });
  const decoded = prompt.images.some(({ kind }) => kind === "decoded");
  return {
    intent: say(
      prompt,
      `There ${prompt.images.length === 1 ? "is a picture" : `are ${prompt.images.length} pictures`} to look at.`,
      `有 ${prompt.images.length} 张图片要看。`,
    ),
    notes: [
      say(
        prompt,
        `${prompt.images.map((image) => wordsFor(prompt, image)).join(" ")} I decode the pixels and measure; what is shown in them I cannot recognise.`,
        "我只能解码像素并测量，认不出画面内容。",
      ),
    ],
    answer: `${described.join("\n\n")}${
      decoded
        ? say(
            prompt,
            "\n\nThat is measured from the pixels. Saying what is in a picture needs the real model.",
            "\n\n以上是从像素测得的。要说出画面里是什么，需要真正的模型。",
          )
        : ""
    }`,
  };
};

function wordsFor(prompt: Prompt, image: ImageFacts): string {
  switch (image.kind) {
    case "not-given":
      return say(
        prompt,
        `only its address was given (${image.url.slice(0, 120)}), and the stand-in fetches nothing, so I have not seen it.`,
        `只给了地址(${image.url.slice(0, 120)})，离线替身不联网，所以我没有看到它。`,
      );
    case "unreadable":
      return say(prompt, "its bytes are not an image I can decode.", "无法解码这些字节。");
    case "decoded": {
      const shares = image.colours.map(({ name, hex, share }) => {
        const colour = say(prompt, name, chineseColours[name] ?? name);
        return `${colour} \`${hex}\` ${Math.max(1, Math.round(share * 100))}%`;
      });
      const size = `${image.width} × ${image.height}`;
      const kilobytes = (image.sizeBytes / 1024).toFixed(1);
      const alpha = image.hasAlpha ? say(prompt, ", with an alpha channel", "，带透明通道") : "";
      return say(
        prompt,
        `${image.format.toUpperCase()}, ${size} pixels, ${kilobytes} KiB${alpha}. Dominant colours: ${shares.join(", ")}.`,
        `${image.format.toUpperCase()},${size} 像素，${kilobytes} KiB${alpha}。主要颜色：${shares.join("、")}。`,
      );
    }
  }
}
