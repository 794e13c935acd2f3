import { useCallback, useMemo, useState } from 'react';
import { isTyping } from '../../../../app/shell/chord.ts';
import * as steps from '../../../../components/undo-stack.ts';
import { useKeyDown } from '../../../../components/use-key-down.ts';
import { type Draft, draftProblems, isSameDraft } from './draft.ts';

/** The rules under edit with their steps; Ctrl-Z and Ctrl-Y (or Ctrl-Shift-Z) go through them. */
export function useDraft(saved: Draft) {
  const [stack, setStack] = useState(() => steps.beginWith(saved));
  const undo = useCallback(() => setStack(steps.undo), []);
  const redo = useCallback(() => setStack(steps.redo), []);
  useKeyDown((event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) undo();
    else if (key === 'y' || key === 'z') redo();
    else return;
    event.preventDefault();
  });
  const draft = stack.present;
  const problems = useMemo(() => draftProblems(draft), [draft]);
  return {
    draft,
    problems,
    isChanged: !isSameDraft(draft, saved),
    change: (next: Draft, name?: string) => setStack((current) => steps.change(current, next, name)),
    closeStep: () => setStack(steps.close),
    undo: stack.past.length > 0 ? undo : undefined,
    redo: stack.future.length > 0 ? redo : undefined,
  };
}
