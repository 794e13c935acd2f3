const width = 30;

/** How far long work has come, on stderr when that is a terminal; nothing where it is not. */
export class ProgressBar {
  #startedAt = Date.now();
  #terminal = process.stderr.isTTY;
  #shown = false;

  /** @param fraction done, 0 to 1; undefined where the end is not known: then the message alone is shown. */
  show(fraction: number | undefined, message = ''): void {
    if (!this.#terminal) return;
    this.#shown = true;
    if (fraction === undefined) {
      process.stderr.write(`\r\x1b[K${message}`);
      return;
    }
    const filled = Math.round(fraction * width);
    const elapsed = (Date.now() - this.#startedAt) / 1000;
    const left = fraction > 0.02 ? Math.round((elapsed / fraction) * (1 - fraction)) : undefined;
    const eta = left === undefined ? '' : `  about ${left} s left`;
    const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
    process.stderr.write(`\r\x1b[K[${bar}] ${Math.round(fraction * 100)} %  ${message}${eta}`);
  }

  clear(): void {
    if (this.#shown) process.stderr.write('\r\x1b[K');
    this.#shown = false;
  }
}
