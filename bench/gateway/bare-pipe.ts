import { Agent, createServer, request } from "node:http";
import { announce } from "./announce.ts";

/** The floor: a proxy of Node's own parts that looks at nothing. Its argument is the upstream's origin. */
const upstream = new URL(process.argv[2] ?? "");
const agent = new Agent({ keepAlive: true, maxFreeSockets: 1024 });

const server = createServer((req, res) => {
  const { host: _host, ...headers } = req.headers;
  const onward = request(
    { agent, hostname: upstream.hostname, port: upstream.port, path: req.url, method: req.method, headers },
    (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    },
  );
  onward.on("error", () => res.destroy());
  res.on("close", () => onward.destroy());
  req.pipe(onward);
});
server.keepAliveTimeout = 120_000;
announce(server);
