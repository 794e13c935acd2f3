import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { Panel } from '../../../components/panel.tsx';
import { subjectText } from '../shared/subject.ts';
import styles from './report.module.css';

/** The meters that were added up; each has its own report. */
export function MeterList({ points }: { points: readonly { readonly id: string; readonly name: string }[] }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const to = (id: string) => {
    const parameters = new URLSearchParams(search);
    parameters.set('of', subjectText({ kind: 'point', id }));
    return `?${parameters}`;
  };
  return (
    <Panel title={t('energy.report.meters', { n: points.length })}>
      <ul className={styles.meters}>
        {points.map(({ id, name }) => (
          <li key={id}>
            <Link to={to(id)}>{name}</Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
