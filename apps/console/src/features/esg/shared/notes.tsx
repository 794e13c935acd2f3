import styles from './shared.module.css';

/** Sentences that belong to a figure, as the server recorded them. */
export function Notes({ notes }: { notes: readonly string[] }) {
  const once = [...new Set(notes)];
  return (
    <ul className={styles.notes}>
      {once.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
