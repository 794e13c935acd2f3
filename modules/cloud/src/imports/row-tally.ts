/** One bit per row of a file, growing as rows come: 40 million rows fit in 5 MB. */
class RowSet {
  #words = new Uint32Array(1024);
  add(row: number): void {
    const word = row >>> 5;
    if (word >= this.#words.length) {
      const larger = new Uint32Array(Math.max(word + 1, this.#words.length * 2));
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words[word]! |= 1 << (row & 31);
  }
  word(index: number): number {
    return this.#words[index] ?? 0;
  }
  get words(): number {
    return this.#words.length;
  }
}

function bits(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/**
 * What became of each row of a file. A row counts once: as rejected if anything in it was rejected (its other values
 * are stored all the same), else as accepted if anything was stored, else as a duplicate if everything was there before.
 */
export class RowTally {
  #stored = new RowSet();
  #duplicate = new RowSet();
  #rejected = new RowSet();

  stored(row: number): void {
    this.#stored.add(row);
  }
  duplicate(row: number): void {
    this.#duplicate.add(row);
  }
  rejected(row: number): void {
    this.#rejected.add(row);
  }

  counts(): { accepted: number; duplicates: number; rejected: number } {
    const sum = { accepted: 0, duplicates: 0, rejected: 0 };
    const words = Math.max(this.#stored.words, this.#duplicate.words, this.#rejected.words);
    for (let index = 0; index < words; index += 1) {
      const rejected = this.#rejected.word(index);
      const stored = this.#stored.word(index) & ~rejected;
      sum.rejected += bits(rejected);
      sum.accepted += bits(stored);
      sum.duplicates += bits(this.#duplicate.word(index) & ~rejected & ~stored);
    }
    return sum;
  }
}
