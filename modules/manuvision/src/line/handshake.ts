/**
 * The handshake of a station with the line, as a pure state machine: a state and what happened give the next state.
 *
 * Ready -> trigger -> busy -> result -> acknowledged -> ready. Phases follow the states of OPC 40100-1 (Machine Vision, 2019):
 * preoperational, initialized and ready are those of its names; waiting, judging, result and released lie within its
 * SingleExecution; fault is its Error.
 */
import type { Fault } from './faults.ts';
import type { HandshakeSettings } from './handshake-settings.ts';

export type Phase =
  | 'preoperational'
  | 'initialized'
  | 'ready'
  | 'waiting'
  | 'judging'
  | 'result'
  | 'released'
  | 'fault';

/** What is shown to the line of one part. */
export interface LineResult {
  readonly pass: boolean;
  readonly className: string | null;
  readonly score: number | null;
}

export interface Handshake {
  readonly phase: Phase;
  /** When the phase began and when it is over at the latest, on one monotonic clock, in ms. */
  readonly since: number;
  readonly deadline: number | null;
  /** As the line holds them. */
  readonly trigger: boolean;
  readonly acknowledge: boolean;
  /** What is wrong with the station; null: nothing; undefined: not known yet. */
  readonly health: Fault | null | undefined;
  /** Number of the part under way or of the last one; never 0 once there was one. */
  readonly run: number;
  readonly partId: string;
  /** Number of the last part that a result, or a fault in its place, was shown of. */
  readonly resultId: number;
  readonly result: LineResult | null;
  readonly fault: Fault | null;
  /** A reset was asked for while nothing was wrong any more. */
  readonly isReset: boolean;
}

export type HandshakeEvent =
  | { readonly type: 'health'; readonly fault: Fault | null }
  | { readonly type: 'trigger'; readonly on: boolean; readonly partId?: string | undefined }
  | { readonly type: 'acknowledge'; readonly on: boolean }
  | { readonly type: 'reset' }
  | { readonly type: 'picture'; readonly partId?: string | undefined }
  | { readonly type: 'judged'; readonly run: number; readonly result: LineResult }
  | { readonly type: 'failed'; readonly run: number; readonly fault: Fault }
  | { readonly type: 'time' };

/** A fault that heals by itself stays so long at least, so that the line sees it. */
export const shortestFaultMs = 1_000;
/** Of the part after the last number comes 1 again. */
export const lastRun = 2 ** 31 - 1;

/** Before anything is known. @param lastResultId of an earlier life of the station */
export const startHandshake = (now: number, lastResultId = 0): Handshake => ({
  ...{ phase: 'preoperational', since: now, deadline: null, trigger: false, acknowledge: false },
  ...{ health: undefined, run: lastResultId, partId: '', resultId: lastResultId },
  ...{ result: null, fault: null, isReset: false },
});

export function advance(before: Handshake, event: HandshakeEvent, now: number, settings: HandshakeSettings): Handshake {
  return settle(take(before, event, now, settings), now, settings);
}

function take(state: Handshake, event: HandshakeEvent, now: number, settings: HandshakeSettings): Handshake {
  switch (event.type) {
    case 'health': {
      const known = { ...state, health: event.fault };
      return event.fault !== null && state.phase !== 'fault' ? faulted(known, event.fault, now) : known;
    }
    case 'trigger':
      return triggered(state, event, now, settings);
    case 'acknowledge': {
      const rises = event.on && !state.acknowledge;
      const held = { ...state, acknowledge: event.on };
      return rises && state.phase === 'result' ? enter(held, 'released', now, settings) : held;
    }
    case 'reset':
      return state.phase === 'fault' && state.health === null ? { ...state, isReset: true } : state;
    case 'picture':
      return pictured(state, event, now, settings);
    case 'judged':
      if (state.phase !== 'judging' || event.run !== state.run) return state;
      return enter({ ...state, result: event.result, resultId: event.run }, 'result', now, settings);
    case 'failed':
      return isUnderWay(state) && event.run === state.run ? faulted(state, event.fault, now) : state;
    case 'time':
      return state.deadline !== null && now >= state.deadline ? late(state, now, settings) : state;
  }
}

function triggered(
  state: Handshake,
  { on, partId = '' }: Extract<HandshakeEvent, { type: 'trigger' }>,
  now: number,
  settings: HandshakeSettings,
): Handshake {
  // Where pictures come by themselves, the line has no say in it.
  if (settings.trigger === 'picture') return state;
  const rises = on && !state.trigger;
  const held = { ...state, trigger: on };
  if (!rises) return held;
  if (state.phase === 'ready') return enter(begun(held, partId), 'waiting', now, settings);
  // The part would pass without having been looked at.
  const isExpected = state.phase === 'fault' || state.phase === 'preoperational' || state.phase === 'initialized';
  return isExpected ? held : faulted(held, 'TRIGGER_OVERRUN', now);
}

function pictured(
  state: Handshake,
  { partId }: Extract<HandshakeEvent, { type: 'picture' }>,
  now: number,
  settings: HandshakeSettings,
): Handshake {
  if (state.phase === 'waiting') {
    if (partId !== undefined && state.partId !== '' && partId !== state.partId)
      return faulted(state, 'PART_MISMATCH', now);
    return enter({ ...state, partId: partId ?? state.partId }, 'judging', now, settings);
  }
  if (settings.trigger === 'line') return state;
  if (state.phase === 'ready') return enter(begun(state, partId ?? ''), 'judging', now, settings);
  const isBusy = state.phase === 'judging' || state.phase === 'result' || state.phase === 'released';
  return isBusy ? faulted(state, 'PICTURE_OVERRUN', now) : state;
}

function late(state: Handshake, now: number, settings: HandshakeSettings): Handshake {
  switch (state.phase) {
    case 'waiting':
      return faulted(state, 'NO_PICTURE', now);
    case 'judging':
      return faulted(state, 'JUDGING_LATE', now);
    case 'result':
      if (settings.acknowledge) return faulted(state, 'RESULT_NOT_ACKNOWLEDGED', now);
      return enter(state, 'released', now, settings);
    case 'initialized':
    case 'released':
      return faulted(state, state.trigger ? 'TRIGGER_NOT_RELEASED' : 'ACKNOWLEDGE_NOT_RELEASED', now);
    default:
      return { ...state, deadline: null };
  }
}

/** What follows by itself. */
function settle(state: Handshake, now: number, settings: HandshakeSettings): Handshake {
  const isReleased = !state.trigger && !state.acknowledge;
  if (state.phase === 'preoperational' && state.health === null)
    return settle(enter(state, 'initialized', now, settings), now, settings);
  if ((state.phase === 'initialized' || state.phase === 'released') && isReleased)
    return enter(state, 'ready', now, settings);
  if (state.phase === 'fault' && state.health === null && isReleased) {
    const isSeen = now - state.since >= shortestFaultMs;
    if (state.isReset || (settings.recovery === 'automatic' && isSeen))
      return enter({ ...state, fault: null, isReset: false }, 'ready', now, settings);
  }
  return state;
}

const isUnderWay = ({ phase }: Handshake) => phase === 'waiting' || phase === 'judging';

const begun = (state: Handshake, partId: string): Handshake => ({
  ...{ ...state, partId },
  run: state.run >= lastRun ? 1 : state.run + 1,
});

function enter(state: Handshake, phase: Exclude<Phase, 'fault'>, now: number, settings: HandshakeSettings): Handshake {
  const patience = {
    ...{ preoperational: null, ready: null, waiting: settings.pictureMs, judging: settings.judgingMs },
    ...{ result: settings.acknowledgeMs, released: settings.releaseMs, initialized: settings.releaseMs },
  }[phase];
  return {
    ...{ ...state, phase, since: now, deadline: patience === null ? null : now + patience },
    result: phase === 'result' ? state.result : null,
  };
}

/** A part that was under way gets its number shown with the fault. */
const faulted = (state: Handshake, fault: Fault, now: number): Handshake => ({
  ...{ ...state, phase: 'fault', since: now, deadline: now + shortestFaultMs, fault, result: null, isReset: false },
  resultId: isUnderWay(state) ? state.run : state.resultId,
});
