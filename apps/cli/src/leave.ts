/**
 * Ends the process once everything written has gone out: a pipe takes it in its own time, and leaving at once would cut
 * a long answer short.
 */
export async function leave(status: number): Promise<never> {
  // Whoever reads may have had enough, as `head` has; nothing is left to be said to them.
  process.stdout.on('error', () => process.exit(status));
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) => {
      stream.write('', () => resolve());
    });
  process.exit(status);
}
