import type { MetricTable } from './metric-table.ts';

export interface SparkplugDevice {
  table: MetricTable;
  alive: boolean;
  announced: boolean;
  announcing: Promise<void> | undefined;
}

/** What is known of one edge node: its births, whether it lives, and the number its next message must carry. */
export class EdgeNode {
  readonly id: string;
  /** The node itself under the empty name. */
  readonly devices = new Map<string, SparkplugDevice>();
  alive = false;
  bdSeq: number | undefined;
  /** True from a missed message, or from a restart of ours, until the next birth: an alias may have changed its meaning meanwhile. */
  doubtful = false;
  lastRebirthRequest = Number.NEGATIVE_INFINITY;
  #expectedSeq = -1;
  #lastTimestamp = Number.NEGATIVE_INFINITY;

  constructor(id: string) {
    this.id = id;
  }

  /** Takes a birth; the birth of the node ends all its devices until they give birth themselves. */
  bear(device: string, table: MetricTable): SparkplugDevice {
    if (device === '') {
      this.devices.clear();
      this.alive = true;
      this.doubtful = false;
      this.bdSeq = table.bdSeq;
      this.#expectedSeq = -1;
      this.#lastTimestamp = Number.NEGATIVE_INFINITY;
    }
    const entry: SparkplugDevice = { table, alive: true, announced: false, announcing: undefined };
    this.devices.set(device, entry);
    return entry;
  }

  /**
   * Checks the running number of a message. Returns how many messages are missing before it (0 when none are). A
   * message sent again (QoS 1 after a lost link) repeats an old number and is no gap; it is told from one by its
   * timestamp, which is not newer than the newest seen.
   */
  missingBefore(seq: number, timestamp: number): number {
    if (seq < 0) return 0;
    const expected = this.#expectedSeq;
    if (expected >= 0 && seq !== expected && timestamp <= this.#lastTimestamp) return 0;
    this.#expectedSeq = (seq + 1) % 256;
    if (timestamp > this.#lastTimestamp) this.#lastTimestamp = timestamp;
    return expected < 0 || seq === expected ? 0 : (seq - expected + 256) % 256;
  }

  get nextSeq(): number {
    return this.#expectedSeq;
  }
}
