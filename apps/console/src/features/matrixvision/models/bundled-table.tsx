import { Button, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { BundledModel } from '../types.ts';

interface BundledTableProps {
  readonly rows: readonly BundledModel[] | undefined;
  /** Left out for who may not. */
  readonly onTry: ((model: BundledModel) => void) | undefined;
}

/** The networks that come with the product: whose they are, how good and how fast. */
export function BundledTable({ rows, onTry }: BundledTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = (percent: number | undefined) => (percent === undefined ? '–' : format.percent(percent / 100, 1));
  return (
    <Table<BundledModel>
      size="small"
      rowKey="name"
      loading={!rows}
      dataSource={rows && [...rows].sort((a, b) => Number(b.isDefault) - Number(a.isDefault))}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: t('video.models.name'),
          render: (_, { name, isDefault, description }) => (
            <span title={description}>
              <strong data-raw>{name}</strong> {isDefault && <span className="soft">{t('video.models.default')}</span>}
            </span>
          ),
        },
        { title: t('video.models.licence'), render: (_, { licence }) => <span data-raw>{licence}</span> },
        { title: t('video.models.classes'), align: 'right', render: (_, { labels }) => labels.length },
        { title: t('video.models.input'), render: (_, { measured }) => measured?.input ?? '–' },
        { title: 'AP', align: 'right', render: (_, { measured }) => share(measured?.averagePrecision) },
        { title: t('video.models.recall'), align: 'right', render: (_, { measured }) => share(measured?.recall) },
        { title: t('video.models.precision'), align: 'right', render: (_, { measured }) => share(measured?.precision) },
        {
          title: t('video.models.time'),
          align: 'right',
          render: (_, { measured }) => (measured ? `${format.number(measured.milliseconds, 1)} ms` : '–'),
        },
        { title: t('video.models.usedBy'), align: 'right', render: (_, { cameras }) => cameras.length },
        {
          title: '',
          render: (_, model) =>
            onTry && (
              <Button size="small" onClick={() => onTry(model)}>
                {t('video.models.try')}
              </Button>
            ),
        },
      ]}
    />
  );
}
