import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useNote, useReason } from '../../../app/i18n/use-note.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { Panel } from '../../../components/panel.tsx';
import type { ImportResult } from './import-result.ts';

/** Every row of the file is accounted for: accepted, duplicate or rejected with its reason. */
export function ResultView({ result }: { result: ImportResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  const why = useReason();
  const say = useNote();
  const { evidence, from, to } = result;
  const trend = (ids: readonly string[]) =>
    `/trends?points=${ids.join(',')}${from && to ? `&from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}` : ''}`;
  const figure = (key: 'rows' | 'accepted' | 'duplicates' | 'rejected') => ({
    key,
    label: t(`cloud.import.result.${key}`),
    value: <EvidenceLink id={evidence}>{format.number(result[key], 0)}</EvidenceLink>,
    tone:
      key === 'rejected' && result.rejected > 0
        ? ('bad' as const)
        : key === 'accepted' && result.accepted > 0
          ? ('good' as const)
          : undefined,
  });
  return (
    <>
      {result.resumed && <Alert type="info" showIcon title={t('cloud.import.result.resumed')} />}
      {(result.warnings ?? []).map((note) => (
        <Alert key={note.text} type="warning" showIcon title={say(note)} />
      ))}
      <FigureStrip
        figures={[
          figure('rows'),
          figure('accepted'),
          figure('duplicates'),
          figure('rejected'),
          { key: 'span', label: t('cloud.import.result.span'), value: format.date(from), note: `– ${format.date(to)}` },
        ]}
      />
      <Panel
        title={t('cloud.import.result.points', { source: result.source.name })}
        extra={
          <Link to={trend(result.points.slice(0, 4).map(({ id }) => id))}>
            <Button>{t('cloud.import.result.show')}</Button>
          </Link>
        }
        flush
      >
        <DataTable<ImportResult['points'][number]>
          name="imported-points"
          rows={result.points}
          rowKey={({ id }) => id}
          empty=""
          columns={[
            {
              key: 'name',
              title: t('cloud.points.name'),
              value: ({ name }) => name,
              render: ({ id, name }) => <Link to={trend([id])}>{name}</Link>,
            },
            { key: 'unit', title: t('cloud.points.unit'), value: ({ unit }) => unitName(unit) },
            {
              key: 'count',
              title: t('cloud.import.result.count'),
              value: ({ count }) => count,
              render: ({ count }) => <EvidenceLink id={evidence}>{format.number(count, 0)}</EvidenceLink>,
              align: 'right',
            },
          ]}
        />
      </Panel>
      {result.rejects.length > 0 && (
        <Panel title={t('cloud.import.result.rejects')} flush>
          <DataTable<ImportResult['rejects'][number]>
            name="rejected-rows"
            rows={result.rejects}
            rowKey={(reject) => JSON.stringify(reject)}
            empty=""
            columns={[
              { key: 'row', title: t('cloud.import.result.row'), value: ({ row }) => row, align: 'right', width: 90 },
              { key: 'reason', title: t('cloud.delivery.reason'), value: ({ reason, note }) => why(reason, note) },
              {
                key: 'raw',
                title: t('cloud.delivery.raw'),
                value: ({ raw }) => raw,
                render: ({ raw }) => <code className="mono wrap">{raw}</code>,
              },
            ]}
          />
        </Panel>
      )}
    </>
  );
}
