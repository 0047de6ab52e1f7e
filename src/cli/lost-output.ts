// What becomes of a command if nobody takes its output. An error of standard output without a listener would end the
// process at once, so that the command could not revoke its key.

/** Whether the reader of the output has gone, as that of `| head` does when it has enough. */
export function isOfClosedPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}

/** From now on, says if standard output can't be written, and makes the exit code 1. A reader who has gone is no error. */
export function reportLostOutput(): void {
  process.stdout.on("error", (error: Error) => {
    if (isOfClosedPipe(error)) return;
    process.stderr.write(`The output could not be written; ${error.message}.\n`);
    process.exitCode = 1;
  });
}
