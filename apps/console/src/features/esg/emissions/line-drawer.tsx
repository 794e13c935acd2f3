import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNote } from '../../../app/i18n/use-note.ts';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { Panel } from '../../../components/panel.tsx';
import { printDecimal } from '../shared/decimal.ts';
import { FactorUseView } from '../shared/factor-use.tsx';
import { Notes } from '../shared/notes.tsx';
import sharedStyles from '../shared/shared.module.css';
import { SourceTable } from '../shared/source-table.tsx';
import { type FigureLine, nameOfCode } from './emission-figure.ts';
import styles from './emissions.module.css';
import { LineState } from './line-state.tsx';

interface LineDrawerProps {
  readonly figureId: string;
  readonly line: FigureLine;
  /** Of the activity, where the figure is of a period. */
  readonly year: string | undefined;
  onClose(): void;
}

/** One multiplication from meter to tonne: what was added up, the factor, the formula, what is to be known about it. */
export function LineDrawer({ figureId, line, year, onClose }: LineDrawerProps) {
  const { t } = useTranslation();
  const say = useNote();
  const { certificate, factor, tCO2e, reasons = [] } = line;
  return (
    <Drawer open size={640} title={line.site ?? line.line} onClose={onClose} extra={<EvidenceLink id={figureId} />}>
      <div className={sharedStyles.stack}>
        <div className={styles.result} style={{ marginTop: 0 }}>
          <code className={`${styles.formula} ${styles.whole}`}>{line.formula}</code>
          <span className={styles.tonnes}>
            {tCO2e === undefined ? '= ?' : `= ${printDecimal(tCO2e, 6)}`}{' '}
            <span className={styles.unit}>t {line.gas}</span>
          </span>
          <LineState line={line} />
          {reasons.length > 0 && <Notes notes={reasons} />}
        </div>
        {factor && (
          <Panel title={t('esg.factor.title')}>
            <FactorUseView factor={factor} />
            <p className="soft">
              {factor.publisher}: {factor.document}
            </p>
          </Panel>
        )}
        {certificate && (
          <Panel title={t('esg.certificates.one')}>
            <p>
              {certificate.id} ({certificate.registry}, {certificate.vintage}, {certificate.region})
            </p>
            <p className="soft wrap">{certificate.evidence?.reference ?? certificate.evidence?.sha256}</p>
          </Panel>
        )}
        {line.sources.length > 0 && (
          <Panel title={t('esg.sources.title')} flush>
            <SourceTable sources={line.sources} year={year} />
          </Panel>
        )}
        {line.warnings.length > 0 && (
          <Panel title={t('esg.emissions.assumed')}>
            <ul className={styles.warnings}>
              {line.warnings.map((warning) => (
                <li key={warning.text}>
                  <strong>{t(`esg.warning.${nameOfCode(warning.code)}`)}</strong>
                  <div className="soft">{say(warning)}</div>
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </div>
    </Drawer>
  );
}
