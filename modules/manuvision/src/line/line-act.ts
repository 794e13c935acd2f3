import { z } from 'zod';
import { lotNumber } from '../lots/schemas.ts';
import { shownSchema } from './line-schemas.ts';
import type { StationTalk } from './station-talk.ts';

/** What a person or program does in the place of the line. */
export const lineAct = z.discriminatedUnion('do', [
  z.object({ do: z.literal('trigger'), partId: z.string().max(64).optional(), lot: lotNumber.optional() }),
  z.object({ do: z.literal('acknowledge') }),
  z.object({ do: z.literal('reset'), by: z.string() }),
]);
export type LineAct = z.output<typeof lineAct>;

/** What came of it: whether it was the moment for it, and what was shown before and is now. */
export const lineActed = z.object({ done: z.boolean(), before: shownSchema, shown: shownSchema });
export type LineActed = z.output<typeof lineActed>;

export function actOn(talk: StationTalk, act: LineAct): LineActed {
  const before = talk.shown;
  const done =
    act.do === 'trigger'
      ? talk.pulseTrigger(act.partId, act.lot)
      : act.do === 'acknowledge'
        ? talk.pulseAcknowledge()
        : talk.reset(act.by);
  return { done, before, shown: talk.shown };
}
