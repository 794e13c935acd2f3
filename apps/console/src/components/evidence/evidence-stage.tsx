import type { ReactNode } from 'react';
import styles from './evidence.module.css';

interface EvidenceStageProps {
  readonly title: string;
  readonly hint: string;
  readonly count?: number;
  readonly last?: boolean;
  readonly children: ReactNode;
}

/** One step of how a figure came about, on the line that joins the steps. */
export function EvidenceStage({ title, hint, count, last = false, children }: EvidenceStageProps) {
  return (
    <section className={styles.stage} data-last={last}>
      <header>
        <h3>
          {title}
          {count !== undefined && <span className={styles.count}>{count}</span>}
        </h3>
        <p>{hint}</p>
      </header>
      <div className={styles.card}>{children}</div>
    </section>
  );
}
