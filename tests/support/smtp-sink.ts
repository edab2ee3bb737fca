import { createServer, type Socket } from "node:net";

export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and body as they came, unfolded and decoded from quoted-printable or base64. */
  subject: string;
  text: string;
}

export interface SmtpSink {
  url: string;
  mails: ReceivedMail[];
  /** What the next mails are answered with instead of being taken, such as "451 try later". */
  refuseWith(answer: string | null): void;
  close(): Promise<void>;
}

/** A mail server that keeps what it is given: as much of RFC 5321 as a client needs. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  let refusal: string | null = null;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    serve(socket, (mail) => {
      if (refusal === null) mails.push(mail);
      return refusal ?? "250 kept";
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The sink has no port.");
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    refuseWith: (answer) => {
      refusal = answer;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function serve(socket: Socket, take: (mail: ReceivedMail) => string): void {
  let pending = "";
  let from = "";
  let to: string[] = [];
  let data: string[] | null = null;
  const say = (line: string) => socket.write(`${line}\r\n`);
  say("220 sink");
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    pending += chunk;
    for (let end = pending.indexOf("\r\n"); end >= 0; end = pending.indexOf("\r\n")) {
      const line = pending.slice(0, end);
      pending = pending.slice(end + 2);
      if (data) {
        if (line !== ".") data.push(line.replace(/^\./, ""));
        else {
          say(take(parseMail(from, to, data)));
          data = null;
        }
        continue;
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === "MAIL") {
        [from, to] = [/<(.*?)>/.exec(line)?.[1] ?? "", []];
      }
      if (verb === "RCPT") to.push(/<(.*?)>/.exec(line)?.[1] ?? "");
      if (verb === "DATA") data = [];
      if (verb === "QUIT") return void socket.end("221 bye\r\n");
      say(verb === "DATA" ? "354 go on" : "250 sink");
    }
  });
}

function parseMail(from: string, to: string[], lines: readonly string[]): ReceivedMail {
  const gap = lines.indexOf("");
  const head = lines
    .slice(0, gap)
    .join("\r\n")
    .replace(/\r\n[ \t]+/g, " ");
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? "";
  const body = lines.slice(gap + 1).join("\r\n");
  return {
    from,
    to,
    subject: decodeWords(header("Subject")),
    text: decodeBody(body, header("Content-Transfer-Encoding")),
  };
}

function decodeBody(body: string, encoding: string): string {
  const bytes =
    encoding.toLowerCase() === "base64"
      ? Buffer.from(body, "base64")
      : Buffer.from(
          encoding.toLowerCase() === "quoted-printable" ? unquote(body.replace(/=\r\n/g, "")) : body,
          "latin1",
        );
  return bytes.toString("utf8").replaceAll("\r\n", "\n");
}

function unquote(text: string): string {
  return text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Encoded words of RFC 2047. */
function decodeWords(text: string): string {
  return text
    .replace(/\?= =\?/g, "?==?")
    .replace(/=\?utf-8\?([QB])\?(.*?)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === "B"
        ? Buffer.from(word, "base64").toString("utf8")
        : Buffer.from(unquote(word.replaceAll("_", " ")), "latin1").toString("utf8"),
    );
}
