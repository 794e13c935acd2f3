import type { ReactNode } from 'react';
import styles from './import-page.module.css';

export function MappingField({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is handed in.
    <label className={styles.field}>
      <span>{label}</span>
      {children}
    </label>
  );
}
