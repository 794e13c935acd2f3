import type { Said } from '../../../app/i18n/said.ts';
import { useNote } from '../../../app/i18n/use-note.ts';
import styles from './note-list.module.css';

/** What a reader of a figure should know about how it came about. */
export function NoteList({ notes }: { notes: readonly Said[] }) {
  const say = useNote();
  if (notes.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {[...new Set(notes.map(say))].map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
