import type { Blobs } from '@millwright/blobs';
import type { EvidenceMethod } from '@millwright/ledger';
import type { Observation } from '../observation.ts';
import type { RuleEvent } from '../rules/rule.ts';
import { parseRules, type RulesFile } from '../rules/rules-file.ts';
import type { DetectorUsed } from '../runtime/watched-camera.ts';
import { replay } from '../tracks/replay.ts';
import { decodeTracks } from '../tracks/track-decoder.ts';

export const eventMethodId = 'matrixvision.rule-event';

export interface EventParameters {
  readonly camera: string;
  readonly ruleVersion: number;
  /** The one rule, and the calibration it works by. */
  readonly rules: RulesFile;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly tracks: readonly number[];
  /** How many of the inputs are tracks; what follows (clip, picture) is pinned only. */
  readonly chunks: number;
  /** Which network found the things; what it saw is in the tracks, so that it need not run again. */
  readonly detector?: DetectorUsed;
}

export interface EventOutput {
  /** Null: the rule does not find it on these tracks. */
  readonly event: RuleEvent | null;
}

/** The event as the rule finds it again on stored tracks; undefined when it does not. */
export function findAgain(
  observations: Iterable<Observation>,
  { rules, at, tracks }: Pick<EventParameters, 'rules' | 'at' | 'tracks'>,
): RuleEvent | undefined {
  return replay(observations, parseRules(rules)).events.find(
    (event) => event.at === at && event.tracks.join() === tracks.join(),
  );
}

/** Runs the rule again on the stored tracks. Clip and picture are pinned by their hash, so a changed one is told as well. */
export function eventMethod(blobs: Blobs): EvidenceMethod {
  return {
    id: eventMethodId,
    version: '3',
    description: 'Runs the rule of a camera again on the tracks that were stored, and finds the event.',
    async run(parameters, inputs): Promise<EventOutput> {
      const given = parameters as EventParameters;
      const observations: Observation[] = [];
      for (const { reference } of inputs.slice(0, given.chunks))
        observations.push(...decodeTracks(await blobs.read((reference as { hash: string }).hash)));
      return { event: findAgain(observations, given) ?? null };
    },
  };
}
