import { useTranslation } from 'react-i18next';
import { useNote } from '../../app/i18n/use-note.ts';
import { Facts, FactValue } from '../fact-list.tsx';
import styles from './evidence.module.css';
import type { VerifyAnswer } from './finding.ts';

const asText = (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value);

/** Where the second run parted from the first: the changed places, the digits that differ, the broken links. */
export function VerifyDetails({ result }: { result: VerifyAnswer }) {
  const { t } = useTranslation();
  const say = useNote();
  const { changes = [], differences = [], problems = [] } = result;
  return (
    <>
      {changes.map((change) => (
        <div key={change.message} className={styles.detail}>
          <p>{say(change.note)}</p>
          {change.places.length > 0 && <Facts value={change.places} />}
        </div>
      ))}
      {differences.length > 0 && (
        <table className={styles.differences}>
          <thead>
            <tr>
              <th scope="col">{t('verify.where')}</th>
              <th scope="col">{t('verify.recorded')}</th>
              <th scope="col">{t('verify.nowValue')}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ path, recorded, now }) => (
              <tr key={path}>
                <td className="mono">{path}</td>
                <td>
                  <FactValue value={asText(recorded)} />
                </td>
                <td>
                  <FactValue value={asText(now)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {problems.map(({ sequence, message, note }) => (
        <p key={`${sequence} ${message}`} className={styles.detail}>
          #{sequence}: {say(note)}
        </p>
      ))}
    </>
  );
}
