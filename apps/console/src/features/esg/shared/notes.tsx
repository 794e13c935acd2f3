import { useNote } from '../../../app/i18n/use-note.ts';
import type { Note } from '../types.ts';
import styles from './shared.module.css';

/** What belongs to a figure, as the server recorded it, in the reader's language. */
export function Notes({ notes }: { notes: readonly Note[] }) {
  const say = useNote();
  const once = [...new Set(notes.map((note) => (note.about ? `${note.about}: ${say(note)}` : say(note))))];
  return (
    <ul className={styles.notes}>
      {once.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
