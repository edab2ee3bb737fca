import { defaultModelId, getModel } from "#lib/models/catalog.ts";
import { type Skill, say } from "../reply.ts";

const able = `- **Arithmetic**, exactly: *What is 2^64 − 1?*
- **Dates**: *What day was 2000-01-01?*
- **Text**: *Reverse "desserts"*, *How many r in strawberry?*, *Summarise: …*
- **Code** for common requests: *Reverse a string in Python*
- **Pictures**: format, size and colours, from the pixels
- **Tools, JSON mode and JSON schemas** through the API
- **Long streams** to watch, stop and resume: *Count to 200*, *Write a long article*`;

const ableInChinese = `- **算术**(精确):*17 × 23 等于多少*
- **日期**:*今天星期几*
- **文字**:*反转“你好”*、*总结：……*
- **常见代码**:*用 Python 反转字符串*
- **图片**:从像素得出格式、尺寸和颜色
- **工具调用、JSON 模式**(通过 API)
- **长输出**:*数到 200*、*写一篇长文章*`;

/** Greetings, and questions about who answers and what it can do. */
export const about: Skill = (prompt) => {
  const greets =
    /^\s*(hi|hello|hey|good (morning|afternoon|evening)|howdy|greetings|你好|您好|嗨|早上好|晚上好)[\s\p{P}]*(there|kimi|world)?[\s\p{P}]*$/iu.test(
      prompt.ask,
    );
  const asksWho =
    /\b(who|what) (are|r) (you|u)\b|are you (kimi|real|an? |offline|chatgpt|claude|human)|your name|what can you do|\bhelp\b\s*[?.]*$|which model|what model|introduce yourself|你是谁|你是什么|你叫什么|你能做什么|你会什么|你是.*吗/i.test(
      prompt.ask,
    );
  const thanks = /^\s*(thanks?( you)?( very much| a lot)?|thx|谢谢|多谢)[\s\p{P}]*$/iu.test(prompt.ask);
  if (thanks) {
    return {
      intent: say(prompt, "They say thanks.", "对方在道谢。"),
      notes: [say(prompt, "A short answer is enough.", "简短回应即可。")],
      answer: say(prompt, "You are welcome.", "不客气。"),
    };
  }
  if (!greets && !asksWho) return null;
  return {
    intent: say(
      prompt,
      greets ? "They greet me." : "They want to know who answers here.",
      greets ? "对方在打招呼。" : "对方想知道我是谁。",
    ),
    notes: [
      say(
        prompt,
        "The plain truth matters most here: no model is connected, and I am a set of rules that speaks the same protocol. Then what I can do, so that there is something to try.",
        "最重要的是说实话：没有连接模型，我是一组遵循同一协议的规则。再列出我能做的事。",
      ),
    ],
    answer: say(
      prompt,
      `Hello. I am the **offline stand-in** of this gateway, not Kimi K2.6 and not a language model: no upstream is connected yet. I speak the whole protocol, so everything around me can be tried, and I answer what can be worked out by rule:\n\n${able}`,
      `你好。我是这个网关的**离线替身**，不是 Kimi K2.6，也不是语言模型：目前还没有连接上游。我遵循完整的协议，因此周边功能都可以试用；能用规则算出的问题我会准确回答：\n\n${ableInChinese}`,
    ),
  };
};

/** Questions about the model that is served here, answered from the catalog. */
export const modelFacts: Skill = (prompt) => {
  const subject = /\bkimi\b|\bk2\.6\b|\b(this|the) (model|gateway|api)\b|模型|接口/i.test(prompt.ask);
  const question =
    /\b(price|pricing|cost|how much|context|window|max(imum)? output|limit|capabilit\w+|benchmark\w*|vision|support\w*)\b|价格|多少钱|上下文|能力/i.test(
      prompt.ask,
    );
  const model = getModel(defaultModelId);
  if (!subject || !question || prompt.text.length > 300 || model === null) return null;
  const perMillion = (nanoUsd: number) => `$${(nanoUsd / 1000).toFixed(3).replace(/0$/, "")}`;
  const can = Object.entries(model.capabilities).flatMap(([name, has]) => (has ? [name] : []));
  const rows = [
    [say(prompt, "Id", "标识"), `\`${model.id}\``],
    [say(prompt, "Context", "上下文"), `${model.contextTokens.toLocaleString("en")} tokens`],
    [say(prompt, "Longest output", "最大输出"), `${model.maxOutputTokens.toLocaleString("en")} tokens`],
    [say(prompt, "Input, per million tokens", "输入(每百万)"), perMillion(model.prices.inputNanoUsd)],
    [say(prompt, "Cached input", "缓存输入"), perMillion(model.prices.cachedInputNanoUsd)],
    [say(prompt, "Output, reasoning included", "输出(含思考)"), perMillion(model.prices.outputNanoUsd)],
    [say(prompt, "Capabilities", "能力"), can.join(", ")],
  ];
  return {
    intent: say(prompt, `They ask about ${model.name}.`, `问的是 ${model.name}。`),
    notes: [
      say(
        prompt,
        "The catalog of this gateway has the figures, so I can quote them.",
        "网关的目录里有这些数字，可以直接引用。",
      ),
    ],
    answer: `| ${model.name} | |\n|---|---|\n${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}`,
  };
};
