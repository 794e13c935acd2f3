import type { ReactNode } from 'react';
import styles from './state-mark.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'idle';

/** A state as a word with a coloured dot: readable without the colour. */
export function StateMark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={styles.mark} data-tone={tone}>
      {children}
    </span>
  );
}
