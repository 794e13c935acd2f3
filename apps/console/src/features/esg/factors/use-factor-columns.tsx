import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { ConfirmedMark } from '../shared/confirmed-mark.tsx';
import { factorUnit } from '../shared/families.ts';
import { FamilyName } from '../shared/family-name.tsx';
import type { Factor } from '../types.ts';
import { regionOf, validityOf } from './factor-facts.ts';

export function useFactorColumns(): Column<Factor>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'id',
      title: t('esg.factor.id'),
      value: ({ id }) => id,
      render: ({ id, version, supersededBy }) => (
        <span className="mono">
          {id}
          <span className="faint">@{version}</span>
          {supersededBy && <div className="faint">{t('esg.factor.supersededBy', { by: supersededBy })}</div>}
        </span>
      ),
      width: 225,
    },
    {
      key: 'value',
      title: t('esg.factor.value'),
      value: ({ value }) => Number(value),
      render: (factor) => (
        <span className="nowrap">
          <strong>{factor.value}</strong> {factorUnit(factor)}
        </span>
      ),
      align: 'right',
      searched: false,
    },
    { key: 'unit', title: t('esg.unit'), value: factorUnit, exportOnly: true },
    {
      key: 'family',
      title: t('esg.factor.family'),
      value: ({ family }) => t(`esg.family.${family}`),
      render: ({ family }) => <FamilyName family={family} />,
    },
    { key: 'region', title: t('esg.factor.region'), value: regionOf },
    { key: 'year', title: t('esg.factor.applies'), value: validityOf },
    {
      key: 'citation',
      title: t('esg.factor.document'),
      value: ({ publisher, document }) => `${publisher}: ${document}`,
      render: ({ publisher, document }) => (
        <div style={{ width: 215 }}>
          <span className="soft">{publisher}</span>
          <br />
          {document}
        </div>
      ),
    },
    {
      key: 'confirmed',
      title: t('esg.factor.state'),
      value: ({ confirmed }) => t(confirmed ? 'esg.factor.confirmed' : 'esg.factor.unconfirmed'),
      render: (factor) => <ConfirmedMark factor={factor} />,
    },
    { key: 'confidence', title: t('esg.factor.confidence'), value: ({ confidence }) => confidence, exportOnly: true },
    { key: 'note', title: t('esg.note'), value: ({ note }) => note, exportOnly: true },
    { key: 'sha256', title: 'SHA-256', value: ({ sha256 }) => sha256, exportOnly: true },
    { key: 'added', title: t('esg.factor.added'), value: ({ addedAt }) => format.date(addedAt), exportOnly: true },
  ];
}
