import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PictureLabels } from '../../types.ts';
import styles from '../labelling.module.css';
import type { Choice, LabelSession } from '../session/label-session.ts';

const choices: readonly Choice[] = ['both', 'mine', 'theirs'];

/** Somebody else saved first: theirs are shown dashed beside one's own until one chooses. */
export function ConflictBar({ session, answer }: { session: LabelSession; answer: PictureLabels }) {
  const { t } = useTranslation();
  const last = [...answer.people].sort((a, b) => a.at.localeCompare(b.at)).at(-1);
  return (
    <div className={styles.notice} role="alert" data-tone="warn">
      <span>{t('labelling.conflict.text', { name: last?.actorName ?? '' })}</span>
      <span className={styles.group}>
        {choices.map((choice) => (
          <Button
            key={choice}
            size="small"
            type={choice === 'both' ? 'primary' : 'default'}
            onClick={() => void session.choose(choice)}
          >
            {t(`labelling.conflict.${choice}`)}
          </Button>
        ))}
      </span>
    </div>
  );
}
