import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useNote } from '../../../app/i18n/use-note.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { Panel } from '../../../components/panel.tsx';
import type { Report } from '../types.ts';

type Gap = Report['gaps'][number];

/** Where the meter said nothing, and what the method remarked. */
export function GapTable({ report }: { report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useNote();
  const zone = report.site.timezone;
  return (
    <>
      <Panel title={t('energy.report.gaps')} flush={report.gaps.length > 0}>
        {report.gaps.length === 0 ? (
          <p className="soft">{t('energy.report.noGaps')}</p>
        ) : (
          <DataTable<Gap>
            name="gaps"
            rows={report.gaps}
            rowKey={({ from }) => from}
            empty=""
            columns={[
              {
                key: 'from',
                title: t('energy.report.from'),
                value: ({ from }) => from,
                render: ({ from }) => format.minute(from, zone),
              },
              {
                key: 'to',
                title: t('energy.report.to'),
                value: ({ to }) => to,
                render: ({ to }) => format.minute(to, zone),
              },
              {
                ...{ key: 'minutes', title: t('energy.report.minutes'), align: 'right' },
                value: ({ minutes }) => minutes,
                render: ({ minutes }) => format.number(minutes, 0),
              },
              {
                key: 'filled',
                title: t('energy.report.amount'),
                value: ({ filled }) => t(filled ? 'energy.report.amountKnown' : 'energy.report.amountUnknown'),
              },
            ]}
          />
        )}
      </Panel>
      {report.notes.length > 0 && (
        <Panel title={t('energy.report.notes')}>
          <ul>
            {report.notes.map(({ at, ...note }) => (
              <li key={`${note.code} ${at ?? ''}`}>
                {at && <span className="faint">{format.minute(at, zone)} </span>}
                {say(note)} <code className="faint">{note.code}</code>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
