import { useTranslation } from 'react-i18next';
import { useNote } from '../../../app/i18n/use-note.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Notes } from '../shared/notes.tsx';
import { type EmissionFigure, groupWarnings, nameOfCode } from './emission-figure.ts';
import styles from './emissions.module.css';

/** What was assumed and left out: whoever uses the figure has to know it. */
export function WarningsPanel({ figure }: { figure: EmissionFigure }) {
  const { t } = useTranslation();
  const say = useNote();
  const groups = groupWarnings(figure.result.warnings);
  return (
    <Panel title={t('esg.emissions.assumed')}>
      {groups.length === 0 && figure.notes.length === 0 ? (
        <EmptyState title={t('esg.emissions.nothingAssumed')} />
      ) : (
        <ul className={styles.warnings}>
          {groups.map(({ code, lines, notes }) => (
            <li key={code}>
              <strong>{t(`esg.warning.${nameOfCode(code)}`)}</strong>{' '}
              <span className="faint">{t('esg.emissions.onLines', { n: lines.length })}</span>
              <div className="soft">{notes.map(say).join(' ')}</div>
            </li>
          ))}
          {figure.notes.length > 0 && (
            <li>
              <strong>{t('esg.notes')}</strong>
              <div className="soft">
                <Notes notes={figure.notes} />
              </div>
            </li>
          )}
        </ul>
      )}
    </Panel>
  );
}
