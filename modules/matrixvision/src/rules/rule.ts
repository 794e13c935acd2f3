import type { Severity } from '@millwright/kernel';
import type { z } from 'zod';
import type { Point } from '../geometry/point.ts';
import type { Box, Observation } from '../observation.ts';
import type { CommonSettings } from './common-settings.ts';
import type { GroundMap } from './ground-map.ts';

/** Why a count or an event should be looked at by a person before it is believed. */
export type Doubt =
  /** The track was lost and joined again before: it may be another thing. */
  | 'rejoined'
  /** Nothing was seen of it for a while just when it mattered; its way there is supposed. */
  | 'carried'
  /** It was first seen near the line, just before the crossing. */
  | 'born-near-line'
  /** It was lost near the line before it was clear of it. */
  | 'lost-near-line'
  /** Told from the shape of the box alone. */
  | 'box-shape'
  /** The kind of rule is experimental. */
  | 'experimental';

/** A place of a thing at a moment, in fractions of the picture. */
export interface Placed extends Point {
  readonly time: number;
}

export interface Crossing {
  readonly direction: 'in' | 'out';
  /** The positions before and after, between which the line was crossed. */
  readonly from: Placed;
  readonly to: Placed;
}

/** What a rule found. */
export interface Finding {
  /** When it was so, milliseconds since 1970. */
  readonly at: number;
  /** Since when. */
  readonly since: number;
  /** The things it is about, most important first; empty where it is about the camera, a region or an absence. */
  readonly tracks: readonly number[];
  readonly label?: string;
  /** In fractions of the picture. */
  readonly position?: Point;
  /** In pixels of the source picture. */
  readonly box?: Box;
  readonly crossing?: Crossing;
  /** Figures of the kind of rule; units are in the names. */
  readonly values: Readonly<Record<string, number | string>>;
  readonly doubts: readonly Doubt[];
}

/** What one kind of rule says. */
export interface RuleFinding extends Finding {
  /** A crossing that is counted, in a direction that makes no events. */
  readonly countedOnly?: true;
}

/** Why a crossing is told as part of a count only, and nobody is to look at it now. */
export const keptBackReasons = ['cooldown', 'direction'] as const;

export interface RuleEvent extends Finding {
  readonly rule: string;
  readonly kind: string;
  readonly severity: Severity;
  /** Confirmed when there is no doubt. */
  readonly confirmed: boolean;
  /** Events of the rule since its last one that the cooldown kept back. */
  readonly suppressed: number;
  /** Left out: it is an event. A count is the number of its crossings, so those without an event are told as well. */
  readonly keptBack?: (typeof keptBackReasons)[number];
}

/** Figures of one rule so far, e.g. `in`, `out`, `unconfirmedIn`. */
export type Counts = Readonly<Record<string, number>>;

/** One rule at work. It sees only what its classes, score and schedule let through. Keeps bounded memory. */
export interface Rule {
  observe(observation: Observation): RuleFinding[];
  /** The stream ended, or the schedule did: what is still open is decided now. The rule begins anew afterwards. */
  finish(): RuleFinding[];
  counts?(): Counts;
  /** Figures begin anew from here on; what is known of who is where stays. Those that have figures have it. */
  countAnew?(): void;
  /** How many entries it keeps, for the test that this stays bounded. */
  remembered(): number;
}

/** What a rule knows of its camera. */
export interface Scene {
  /** From the picture to the ground in metres, where the rules file calibrates it. */
  readonly ground?: GroundMap;
}

/** A kind of rule; each has a folder of its own and is named in `registry.ts`. */
export interface RuleKind<Settings extends CommonSettings = CommonSettings> {
  readonly kind: string;
  readonly summary: string;
  readonly schema: z.ZodType<Settings>;
  /** Says of what is not there, so that it speaks on an empty scene too. */
  readonly ofAbsence?: boolean;
  /** Says of the camera itself, so that it speaks while there is no picture too. */
  readonly ofCamera?: boolean;
  readonly experimental?: boolean;
  /** Whether these settings need the ground to be calibrated. */
  needsGround?(settings: Settings): boolean;
  /** The labels that the rule looks at, where they are more than its classes. */
  labels?(settings: Settings): readonly string[];
  /** The figures of so many findings, where figures are nothing but their number. */
  countsOf?(findings: readonly Finding[]): Counts;
  /** The figures of two stretches of time, one after the other; left out: their sums. */
  joinCounts?(before: Counts, after: Counts): Counts;
  /** A valid rule of this kind, for documents and the conformance suite. */
  readonly example: Readonly<Record<string, unknown>>;
  start(settings: Settings, scene: Scene): Rule;
}

/** Keeps the type of the settings while it is made. */
export const ruleKind = <Settings extends CommonSettings>(kind: RuleKind<Settings>): RuleKind<Settings> => kind;
