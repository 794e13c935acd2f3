import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../app/i18n/use-format.ts';
import { StateMark } from '../../../../components/state-mark.tsx';
import { useClassName } from '../../shared/use-class-name.ts';
import styles from '../labelling.module.css';
import type { SidePanelProps } from './side-panel.tsx';

/** Who said what of the picture, and whether they differ. */
export function PeopleList({ answer, compares, onCompare }: SidePanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const classText = useClassName();
  const { people, disagreement } = answer;
  if (people.length === 0) return null;
  return (
    <section>
      <h2>{t('labelling.people')}</h2>
      {disagreement && (
        <p className={styles.disagreement}>
          <StateMark tone="warn">{t(`labelling.disagree.${disagreement.about}`)}</StateMark>
          {disagreement.iou !== null && ` ${t('labelling.iou', { n: format.number(disagreement.iou, 2) })}`}
        </p>
      )}
      <ul className={styles.list}>
        {people.map(({ actorId, actorName, at, label, class: name, regions }) => (
          <li key={actorId} className={styles.person}>
            <span data-raw className="clipped">
              {actorName}
            </span>
            <StateMark tone={label === 'good' ? 'good' : 'bad'}>
              <span data-raw>{label === 'good' ? t('parts.labels.good') : classText(name ?? 'defect')}</span>
            </StateMark>
            <span className={styles.size}>
              {t('labelling.regions', { n: format.number(regions.length, 0) })} · {format.minute(at)}
            </span>
          </li>
        ))}
      </ul>
      {people.length > 1 && (
        <Button size="small" type={disagreement ? 'primary' : 'default'} onClick={onCompare} aria-pressed={compares}>
          {t(compares ? 'labelling.compareEnd' : 'labelling.compare')}
        </Button>
      )}
    </section>
  );
}
