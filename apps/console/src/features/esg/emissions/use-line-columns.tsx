import { useTranslation } from 'react-i18next';
import { unitName } from '../../../app/i18n/format.ts';
import { useNote } from '../../../app/i18n/use-note.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { groupDecimal, printDecimal } from '../shared/decimal.ts';
import { FactorUseView } from '../shared/factor-use.tsx';
import type { FigureLine } from './emission-figure.ts';
import styles from './emissions.module.css';
import { LineState } from './line-state.tsx';

export function useLineColumns(figureId: string): Column<FigureLine>[] {
  const { t } = useTranslation();
  const say = useNote();
  const methodOf = ({ scope, method }: FigureLine) =>
    scope === 1 ? t('esg.scope.1') : `${t('esg.scope.2')}, ${t(`esg.method.${method}`)}`;
  return [
    { key: 'line', title: t('esg.lines.id'), value: ({ line }) => line, exportOnly: true },
    {
      key: 'site',
      title: t('esg.site'),
      value: ({ site, line }) => site ?? line,
      render: (line) => (
        <>
          <strong>{line.site ?? line.line}</strong>
          <div className="soft">{methodOf(line)}</div>
        </>
      ),
    },
    { key: 'scope', title: t('esg.lines.scope'), value: methodOf, exportOnly: true },
    {
      key: 'activity',
      title: t('esg.lines.activity'),
      value: ({ activity }) => Number(activity.quantity),
      render: ({ activity }) => (
        <span className="nowrap">
          {groupDecimal(activity.quantity)} {unitName(activity.unit)}
        </span>
      ),
      align: 'right',
      searched: false,
    },
    { key: 'unit', title: t('esg.unit'), value: ({ activity }) => activity.unit, exportOnly: true },
    {
      key: 'factor',
      title: t('esg.factor.title'),
      value: ({ factor }) => (factor ? `${factor.id}@${factor.version}` : ''),
      render: ({ factor, certificate }) =>
        factor ? (
          <FactorUseView factor={factor} />
        ) : certificate ? (
          t('esg.lines.byCertificate', { id: certificate.id })
        ) : (
          <span className="faint">{t('esg.lines.noFactor')}</span>
        ),
    },
    {
      key: 'formula',
      title: t('esg.lines.formula'),
      value: ({ formula }) => formula,
      render: ({ formula, reasons = [] }) => (
        <>
          <code className={styles.formula}>{formula}</code>
          {reasons.length > 0 && <span className={`soft ${styles.reason}`}>{reasons.map(say).join(' ')}</span>}
        </>
      ),
    },
    {
      key: 'result',
      title: 't CO₂e',
      value: ({ tCO2e }) => tCO2e && Number(tCO2e),
      render: ({ tCO2e }) => (
        <EvidenceLink id={figureId}>{tCO2e === undefined ? '?' : printDecimal(tCO2e, 2)}</EvidenceLink>
      ),
      align: 'right',
      searched: false,
    },
    { key: 'exact', title: t('esg.lines.exact'), value: ({ tCO2e }) => tCO2e, exportOnly: true },
    {
      key: 'status',
      title: t('esg.lines.state'),
      value: ({ status }) => t(`esg.lineState.${status}`),
      render: (line) => <LineState line={line} />,
    },
  ];
}
