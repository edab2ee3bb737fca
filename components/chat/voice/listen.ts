/** The part of the Web Speech API that is used; TypeScript does not know it, since no standard has it yet. */
interface Recognition extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onresult: ((event: RecognitionEvent) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
}

interface RecognitionEvent {
  resultIndex: number;
  results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>;
}

type RecognitionClass = new () => Recognition;

declare global {
  interface Window {
    SpeechRecognition?: RecognitionClass;
    webkitSpeechRecognition?: RecognitionClass;
  }
}

export type VoiceFailure = "denied" | "noMicrophone" | "unreachable" | "failed";

export interface VoiceListener {
  /** A stretch that has been understood. */
  onWords(words: string): void;
  /** What is understood so far of the one that goes on. */
  onComing(words: string): void;
  /** Once, whatever ended it. */
  onEnd(failure: VoiceFailure | null): void;
}

const failures: Readonly<Record<string, VoiceFailure>> = {
  "not-allowed": "denied",
  "service-not-allowed": "denied",
  "audio-capture": "noMicrophone",
  network: "unreachable",
};
/** Silence, and being stopped, are no failures. */
const harmless: ReadonlySet<string> = new Set(["no-speech", "aborted"]);

/** Listens until the person or the browser ends it; gives what stops it. */
export function listen(locale: string, { onWords, onComing, onEnd }: VoiceListener): () => void {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (!Recognition) {
    onEnd("failed");
    return () => undefined;
  }
  const recognition = new Recognition();
  let failure: VoiceFailure | null = null;
  recognition.lang = spokenBy(locale, navigator.languages);
  recognition.continuous = true;
  recognition.interimResults = true;
  recognition.onresult = ({ resultIndex, results }) => {
    let coming = "";
    for (const result of Array.from(results).slice(resultIndex)) {
      const words = result[0]?.transcript ?? "";
      if (!result.isFinal) coming += words;
      else if (words.trim() !== "") onWords(words.trim());
    }
    onComing(coming);
  };
  recognition.onerror = ({ error }) => {
    if (!harmless.has(error)) failure = failures[error] ?? "failed";
  };
  recognition.onend = () => onEnd(failure);
  recognition.start();
  return () => recognition.stop();
}

/** The kind of the interface's language that the person's browser names first, such as Australian English. */
export function spokenBy(locale: string, languages: readonly string[]): string {
  const [language] = locale.split("-");
  return languages.find((named) => named.split("-")[0] === language) ?? locale;
}
