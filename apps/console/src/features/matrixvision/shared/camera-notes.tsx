import { useNote } from '../../../app/i18n/use-note.ts';
import type { CameraState } from '../types.ts';
import styles from './camera-notes.module.css';

/** What is to be known of a camera although it delivers: nothing is recorded, it cannot be kept up with. */
export function CameraNotes({ state }: { state: CameraState }) {
  const say = useNote();
  if (state.notes.length === 0) return null;
  return (
    <div role="status">
      <ul className={styles.notes}>
        {state.notes.map((note) => (
          <li key={note.code}>{say(note)}</li>
        ))}
      </ul>
    </div>
  );
}
