const steps: Record<string, 'nextElementSibling' | 'previousElementSibling'> = {
  ArrowDown: 'nextElementSibling',
  ArrowUp: 'previousElementSibling',
};

/** Moves the focus to the row below or above; says whether the key was one that does. */
export function focusNextRow(row: HTMLElement, key: string): boolean {
  const step = steps[key];
  if (!step) return false;
  const next = row[step];
  if (next instanceof HTMLElement && next.tabIndex === 0) next.focus();
  return true;
}
