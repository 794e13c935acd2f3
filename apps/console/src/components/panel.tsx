import type { ReactNode } from 'react';
import styles from './panel.module.css';

interface PanelProps {
  readonly title?: ReactNode;
  /** At the right end of the title line. */
  readonly extra?: ReactNode;
  /** Without inner margin, for tables and charts. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

export function Panel({ title, extra, flush = false, children }: PanelProps) {
  return (
    <section className={styles.panel}>
      {(title || extra) && (
        <header className={styles.head}>
          <h2>{title}</h2>
          {extra && <div className={styles.extra}>{extra}</div>}
        </header>
      )}
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
