import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  readonly title: string;
  /** What to do next. */
  readonly text?: string;
  readonly children?: ReactNode;
}

export function EmptyState({ title, text, children }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <svg viewBox="0 0 64 40" aria-hidden="true" className={styles.picture}>
        <path d="M4 36h56M10 36V18l12 8v-8l12 8v-8l12 8V6h8v30" />
      </svg>
      <h3>{title}</h3>
      {text && <p>{text}</p>}
      {children && <div className={styles.next}>{children}</div>}
    </div>
  );
}
