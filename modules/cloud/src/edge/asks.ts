import { MillwrightError, newId } from '@millwright/kernel';
import { z } from 'zod';
import type { BoxSignals } from './box-signals.ts';
import type { EdgeCommand } from './contract.ts';
import type { EdgeBoxFacts } from './edge-parts.ts';
import { edgeErrors } from './errors.ts';

interface Ask {
  readonly boxId: string;
  readonly command: EdgeCommand;
  isGiven: boolean;
  answered(answer: { ok: boolean; result: unknown }): void;
}

const usualWaitMs = 10_000;
const refusal = z.object({
  ...{ code: z.string(), status: z.number().int().min(400).max(599), message: z.string() },
  details: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Questions to boxes, whose askers wait for the answer: what a camera sees, or a reset. They are kept in memory alone, for nobody
 * means one whose asker has gone, and given to the box once, so that nothing is done twice.
 */
export class EdgeAsks {
  readonly #signals: BoxSignals;
  readonly #asks = new Map<string, Ask>();

  constructor(signals: BoxSignals) {
    this.#signals = signals;
  }

  /** What the box's half of a module answers. Throws what that throws, and EDGE_BOX_SILENT when no answer comes in time. */
  async ask(
    box: Pick<EdgeBoxFacts, 'id' | 'name'>,
    { part, what, input }: { readonly part: string; readonly what: string; readonly input: unknown },
    waitMs = usualWaitMs,
  ): Promise<unknown> {
    const id = newId();
    const { promise, resolve } = Promise.withResolvers<{ ok: boolean; result: unknown } | undefined>();
    const command: EdgeCommand = { id, kind: 'ask', part, what, input };
    this.#asks.set(id, { boxId: box.id, command, isGiven: false, answered: resolve });
    const timer = setTimeout(() => resolve(undefined), waitMs);
    this.#signals.wake([box.id]);
    const answer = await promise.finally(() => {
      clearTimeout(timer);
      this.#asks.delete(id);
    });
    if (!answer) throw edgeErrors.EDGE_BOX_SILENT({ box: box.name, seconds: waitMs / 1000 });
    if (answer.ok) return answer.result;
    const { code, status, message, details } = refusal.parse(answer.result);
    throw new MillwrightError(code, status, message, details);
  }

  hasNew(boxId: string): boolean {
    return [...this.#asks.values()].some((ask) => ask.boxId === boxId && !ask.isGiven);
  }

  /** Those that the box was not given yet; they are now. */
  take(boxId: string): EdgeCommand[] {
    const taken = [...this.#asks.values()].filter((ask) => ask.boxId === boxId && !ask.isGiven);
    for (const ask of taken) ask.isGiven = true;
    return taken.map(({ command }) => command);
  }

  /** @returns whether it was such a question of this box */
  answer(boxId: string, id: string, answer: { ok: boolean; result: unknown }): boolean {
    const ask = this.#asks.get(id);
    if (ask?.boxId !== boxId) return false;
    ask.answered(answer);
    return true;
  }
}
