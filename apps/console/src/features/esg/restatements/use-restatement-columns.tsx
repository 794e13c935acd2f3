import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { printDecimal } from '../shared/decimal.ts';
import type { FactorUse } from '../types.ts';
import type { RestatementRow } from './restatement-rows.ts';

const names = (factors: readonly FactorUse[]) => factors.map(({ id }) => id).join(', ');

export function useRestatementColumns(): Column<RestatementRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const tonnes = (key: 'old' | 'new', evidenceOf: (row: RestatementRow) => string): Column<RestatementRow> => ({
    key,
    title: `${t(`esg.restate.${key}`)} (t CO₂e)`,
    value: ({ restatement }) => Number(restatement[key]),
    render: (row) => <EvidenceLink id={evidenceOf(row)}>{printDecimal(row.restatement[key], 2)}</EvidenceLink>,
    align: 'right',
    searched: false,
  });
  return [
    {
      key: 'at',
      title: t('ledger.columns.at'),
      value: ({ at }) => at,
      render: ({ at }) => <span className="nowrap">{format.minute(at)}</span>,
    },
    { key: 'by', title: t('ledger.columns.actor'), value: ({ by }) => by },
    {
      key: 'label',
      title: t('esg.restate.figure'),
      value: ({ label }) => (label === 'total' ? t('esg.figures.total') : label),
    },
    tonnes('old', ({ original }) => original),
    tonnes('new', ({ id }) => id),
    {
      key: 'difference',
      title: t('esg.restate.difference'),
      value: ({ restatement }) => Number(restatement.difference),
      render: ({ restatement: { difference, percent } }) => (
        <span className="nowrap">
          {printDecimal(difference, 2)}
          {percent && <span className="faint"> ({percent})</span>}
        </span>
      ),
      align: 'right',
      searched: false,
    },
    {
      key: 'why',
      title: t('esg.reason'),
      value: ({ why }) => why,
      render: ({ why }) => <span className="wrap">{why}</span>,
    },
    {
      key: 'factorOld',
      title: t('esg.restate.factorsOld'),
      value: ({ restatement }) => names(restatement.factorOld),
      exportOnly: true,
    },
    {
      key: 'factorNew',
      title: t('esg.restate.factorsNew'),
      value: ({ restatement }) => names(restatement.factorNew),
      exportOnly: true,
    },
    {
      key: 'evidence',
      title: t('jobs.columns.evidence'),
      value: ({ id }) => id,
      render: ({ id }) => <EvidenceLink id={id} />,
    },
  ];
}
