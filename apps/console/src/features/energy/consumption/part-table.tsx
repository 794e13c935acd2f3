import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { Panel } from '../../../components/panel.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { subjectText } from '../shared/subject.ts';
import type { CarrierConsumption } from '../types.ts';
import { type PartRow, partRows } from './part-rows.ts';

/** Each part with its share, what its sub-meters explain and what they do not. */
export function PartTable({ consumption }: { consumption: CarrierConsumption }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { search } = useLocation();
  const { unit, unknown, unconverted } = consumption;
  const rows = useMemo(() => partRows(consumption), [consumption]);
  const report = (row: PartRow) => {
    const parameters = new URLSearchParams(search);
    const meter = row.meterIds.length === 1 ? row.meterIds[0] : undefined;
    parameters.set('of', subjectText(meter ? { kind: 'point', id: meter } : { kind: 'node', id: row.id }));
    return `/energy/report?${parameters}`;
  };
  const amount = (key: 'value' | 'submetered' | 'unmetered', title: string): Column<PartRow> => ({
    ...{ key, title: `${title} (${unitName(unit)})`, align: 'right', searched: false },
    value: (row) => row[key],
    render: (row) => format.number(row[key], 1),
  });
  return (
    <Panel title={t('energy.consumption.parts')} flush>
      <DataTable<PartRow>
        name="consumption"
        rows={rows}
        rowKey={({ id }) => id}
        empty=""
        columns={[
          {
            key: 'name',
            title: t('energy.consumption.part'),
            value: ({ name }) => name,
            render: (row) => (
              <span style={{ paddingLeft: row.depth * 18 }}>
                <Link to={report(row)}>{row.name}</Link>
              </span>
            ),
          },
          { key: 'kind', title: t('energy.consumption.kind'), value: ({ kind }) => t(`energy.kinds.${kind}`) },
          amount('value', t('energy.figures.consumption')),
          {
            ...{ key: 'share', title: t('energy.consumption.share'), align: 'right', searched: false },
            value: ({ share }) => share,
            render: ({ share }) => format.percent(share),
          },
          amount('submetered', t('energy.consumption.submetered')),
          amount('unmetered', t('energy.consumption.unmetered')),
          {
            key: 'how',
            title: t('energy.consumption.how'),
            value: ({ id, derived }) =>
              t(
                unknown.includes(id)
                  ? 'energy.consumption.unknown'
                  : derived
                    ? 'energy.consumption.derived'
                    : 'energy.consumption.metered',
              ),
            render: ({ id, derived }) =>
              unknown.includes(id) ? (
                <StateMark tone="warn">{t('energy.consumption.unknown')}</StateMark>
              ) : (
                <span className="soft">{t(derived ? 'energy.consumption.derived' : 'energy.consumption.metered')}</span>
              ),
          },
          {
            ...{ key: 'coverage', title: t('energy.figures.coverage'), align: 'right', searched: false },
            value: ({ coverage }) => coverage,
            render: ({ coverage }) => format.percent(coverage),
          },
        ]}
        footer={
          unconverted.length > 0 && (
            <span className="faint">
              {t('energy.consumption.unconverted', {
                names: unconverted.map((meter) => `${meter.name} (${unitName(meter.unit)})`).join(', '),
              })}
            </span>
          )
        }
      />
    </Panel>
  );
}
