import { type ErrorCode, errorTable } from "#lib/wire/errors.ts";

/** What the pages say in Chinese of a refused call, by its code; a new row of the error table needs its sentence here. */
const refusalsInChinese: Record<ErrorCode, string> = {
  invalid_request: "请求有误。",
  context_length_exceeded: "内容超出了模型的上下文长度。",
  invalid_key: "API 密钥缺失、无效、已过期或已撤销。",
  key_disabled: "此 API 密钥已停用。请在密钥页面启用它。",
  not_signed_in: "你已退出登录。请登录后重试。",
  wrong_credentials: "电子邮箱或密码不正确。",
  budget_exceeded: "预算已用完。请求未发送，不收费。",
  scope_exceeded: "此密钥不允许使用该模型或接口。",
  foreign_origin: "此调用来自其他网站的页面，已被拒绝。",
  model_not_found: "没有这个模型。",
  not_found: "没有找到，或它属于其他账户。",
  method_not_allowed: "此路径不接受该方法。",
  email_taken: "已有使用此电子邮箱的账户。",
  generation_running: "此处已有回答正在生成。请等它结束，或先停止它。",
  idempotency_key_reused: "该 Idempotency-Key 已用于另一个请求。",
  payload_too_large: "内容过大。请拆分后再试。",
  file_type_not_accepted: "不支持这种文件。可添加图片、PDF 或 UTF-8 文本。",
  file_too_large: "文件过大。",
  file_unreadable: "文件已损坏、受密码保护或无法解码。",
  file_storage_full: "对话文件的空间已满。请删除不再需要的带文件的对话。",
  rate_limited: "请求过于频繁。请稍候再试。",
  daily_quota_exceeded: "今天（UTC）的免费请求已用完。",
  internal: "服务器出错了。请重试。",
  upstream_error: "运行模型的服务出错或中断。请稍后重试。",
  upstream_unavailable: "运行模型的服务过载或无法连接。请稍后重试。",
  upstream_timeout: "运行模型的服务未及时响应。请重试。",
};

/** The same of the fields of a form. */
const fieldsInChinese: Readonly<Record<string, string>> = {
  email: "请输入有效的电子邮箱，例如 name@example.com。",
  password: "请输入长度符合要求的密码。",
  name: "请输入一行文字，长度不超出限制。",
  modelPatterns: "请填写本站的模型；* 代表任意字符。留空表示全部。",
  requestsPerMinute: "请输入正整数，或留空按套餐限制。",
  monthlyBudgetUsd: "请以美元填写预算，例如 5 或 12.50；留空表示不设预算。",
  budgetMode: "请选择 hard（用完后拒绝请求）或 warn（只提醒）。",
  alertPercents: "请填写 1 到 1000 的整数百分比，最多 10 个；留空表示不提醒。",
  percents: "请填写 1 到 1000 的整数百分比，最多 10 个；留空表示不提醒。",
  url: "请填写此服务可访问的 http 或 https 地址，不含密码。",
  disabled: "请以 true 停用密钥，或以 false 启用。",
  currentPassword: "这不是你当前的密码。",
  newPassword: "请输入长度符合要求的密码。",
  confirm: "请照原样输入该电子邮箱。",
  requestsPerDay: "请输入整数，或留空按套餐限制。",
  input: "请填写每百万 token 的美元价，最多三位小数，例如 0.95。",
  cachedInput: "请填写每百万 token 的美元价，最多三位小数，且不高于输入价。",
  output: "请填写每百万 token 的美元价，最多三位小数，例如 4。",
  effectiveAt: "请填写将来的时间（UTC），或留空表示立即；同一时刻不能已有价格。",
  expiresAt: "请选择将来的日期，或留空表示不失效。",
};

/** Codes that stand for many causes, of which only the English sentence says which one. */
const vague: ReadonlySet<ErrorCode> = new Set(["invalid_request", "internal"]);

/** The sentence of a refusal in Chinese; where the code alone says too little, the English detail follows. */
export function refusalInChinese(code: ErrorCode, message: string): string {
  return vague.has(code) ? `${refusalsInChinese[code]}（${message}）` : refusalsInChinese[code];
}

/** What an error code means and what to do, for the reader of a record; null for a code that the table does not have. */
export function explainError(code: string, locale: string): string | null {
  if (!isErrorCode(code)) return null;
  const { meaning, whatToDo } = errorTable[code];
  return locale === "zh-CN" ? refusalsInChinese[code] : `${meaning} ${whatToDo}`;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}

/** What is wrong with each field, in Chinese where there is a sentence for it. */
export function fieldRefusalsInChinese(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, sentence]) => [field, fieldsInChinese[field] ?? sentence]),
  );
}
