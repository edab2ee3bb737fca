/**
 * Lets the process go on when whoever reads what it prints has gone: a closed terminal or a dead log collector must end no answers. Without
 * this each line that cannot be written is an uncaught error, and printing that error is the next one.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
