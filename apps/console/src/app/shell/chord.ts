export type ChordAction = { kind: 'help' } | { kind: 'search' } | { kind: 'go'; letter: string };

/** How long after `g` a letter still belongs to it. */
const chordMs = 1500;

/** What a key means, given when `g` was pressed last (0: it was not). Times are those of the events. */
export function nextChord(
  key: string,
  leaderAt: number,
  now: number,
): { action: ChordAction | undefined; leaderAt: number } {
  if (leaderAt > 0 && now - leaderAt < chordMs && /^[a-z]$/.test(key))
    return { action: { kind: 'go', letter: key }, leaderAt: 0 };
  if (key === 'g') return { action: undefined, leaderAt: now };
  if (key === '?') return { action: { kind: 'help' }, leaderAt: 0 };
  if (key === '/') return { action: { kind: 'search' }, leaderAt: 0 };
  return { action: undefined, leaderAt: 0 };
}

/** True while keys are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
