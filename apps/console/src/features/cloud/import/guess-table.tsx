import { useTranslation } from 'react-i18next';
import { useNote } from '../../../app/i18n/use-note.ts';
import { useTerm } from '../../../app/i18n/use-term.ts';
import { Confidence } from './confidence.tsx';
import styles from './import-page.module.css';
import { doubtful, type Guess } from './mapping.ts';

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

export function GuessTable({ guesses }: { guesses: readonly Guess[] }) {
  const { t } = useTranslation();
  const say = useNote();
  const term = useTerm();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {(['what', 'value', 'confidence', 'reason'] as const).map((key) => (
              <th key={key} scope="col">
                {t(`cloud.import.guess.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {guesses.map((guess) => (
            <tr key={guess.what} data-doubtful={guess.confidence < doubtful}>
              <td title={guess.what}>{term('guess', guess.what)}</td>
              <td className="mono wrap">{text(guess.value)}</td>
              <td>
                <Confidence value={guess.confidence} />
              </td>
              <td className="soft">{say(guess.note)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
