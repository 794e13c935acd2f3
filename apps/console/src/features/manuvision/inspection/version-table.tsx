import { DownloadOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTerm } from '../../../app/i18n/use-term.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { HashText } from '../../../components/hash-text.tsx';
import { modelPath } from '../shared/paths.ts';
import type { Inspection, Version } from '../types.ts';

/** Everything that was trained, newest first, each as one file to take along. */
export function VersionTable({ inspection, versions }: { inspection: Inspection; versions: readonly Version[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const term = useTerm();
  const rate = (value: number) => format.number(value, value < 10 ? 1 : 0);
  const columns: Column<Version>[] = [
    { key: 'version', title: t('parts.version'), value: ({ version }) => version, align: 'right' },
    {
      key: 'rate',
      title: t('parts.promise.column'),
      searched: false,
      value: ({ falseRejects }) => falseRejects?.per1000 ?? null,
      render: ({ falseRejects }) =>
        falseRejects ? (
          <>
            <b>{rate(falseRejects.per1000)}</b>{' '}
            <span className="soft">
              {rate(falseRejects.low)} – {rate(falseRejects.high)}
            </span>
          </>
        ) : (
          '–'
        ),
    },
    {
      key: 'limit',
      title: t('parts.limit'),
      align: 'right',
      searched: false,
      value: ({ threshold }) => threshold,
      render: ({ threshold }) => format.number(threshold, 4),
    },
    {
      key: 'pictures',
      title: t('parts.trainedOn'),
      align: 'right',
      searched: false,
      value: ({ images }) => `${images.good} + ${images.defects}`,
    },
    {
      key: 'at',
      title: t('parts.at'),
      searched: false,
      value: ({ at }) => at,
      render: ({ at }) => format.minute(at),
    },
    {
      key: 'from',
      title: '',
      searched: false,
      value: ({ networkOf }) => networkOf,
      render: ({ networkOf }) =>
        networkOf === null ? null : <span className="soft">{t('parts.retuning.from', { n: networkOf })}</span>,
    },
    { key: 'by', title: t('parts.by'), value: ({ by }) => term('actor', by) },
    {
      key: 'hash',
      title: t('parts.file'),
      value: ({ model }) => model,
      render: ({ model }) => <HashText hash={model} />,
    },
    {
      key: 'proof',
      title: t('evidence.title'),
      value: ({ findingId }) => findingId,
      render: ({ findingId }) => <EvidenceLink id={findingId} />,
    },
    {
      key: 'download',
      title: '',
      searched: false,
      value: () => null,
      render: ({ version }) => (
        <a href={modelPath(inspection.id, version)} download={`${inspection.name}-${version}.onnx`}>
          <DownloadOutlined /> {t('parts.download')}
        </a>
      ),
    },
  ];
  return (
    <DataTable<Version>
      name="inspection-versions"
      rows={versions}
      columns={columns}
      rowKey={({ version }) => String(version)}
      empty={t('table.nothingFound')}
    />
  );
}
