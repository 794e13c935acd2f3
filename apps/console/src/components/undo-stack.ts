/** What was, is, and was taken back. */
export interface UndoStack<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** Names the change that made the present, while it goes on: the moves of one drag are one step. */
  readonly open?: string;
}

const mostSteps = 100;

export const beginWith = <T>(present: T): UndoStack<T> => ({ past: [], present, future: [] });

/** A change; another with the same name right after it belongs to the same step. */
export function change<T>(stack: UndoStack<T>, next: T, name?: string): UndoStack<T> {
  if (Object.is(next, stack.present)) return stack;
  const open = name === undefined ? {} : { open: name };
  if (name !== undefined && name === stack.open) return { ...stack, present: next, future: [] };
  return { past: [...stack.past, stack.present].slice(-mostSteps), present: next, future: [], ...open };
}

/** The step is over; what comes next is another, whatever its name. */
export const close = <T>({ open: _, ...stack }: UndoStack<T>): UndoStack<T> => stack;

export function undo<T>({ past, present, future }: UndoStack<T>): UndoStack<T> {
  if (past.length === 0) return { past, present, future };
  return { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future] };
}

export function redo<T>({ past, present, future }: UndoStack<T>): UndoStack<T> {
  if (future.length === 0) return { past, present, future };
  return { past: [...past, present], present: future[0]!, future: future.slice(1) };
}
