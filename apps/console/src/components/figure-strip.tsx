import type { ReactNode } from 'react';
import styles from './figure-strip.module.css';

export interface Figure {
  readonly key: string;
  readonly label: string;
  readonly value: ReactNode;
  /** Below the value: a comparison, a time, an evidence chip. */
  readonly note?: ReactNode;
  readonly tone?: 'good' | 'warn' | 'bad';
}

/** Key figures side by side, in one hairline frame. */
export function FigureStrip({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={styles.strip}>
      {figures.map(({ key, label, value, note, tone }) => (
        <div key={key} className={styles.figure} data-tone={tone}>
          <dt>{label}</dt>
          <dd className={styles.value}>{value}</dd>
          {note && <dd className={styles.note}>{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
