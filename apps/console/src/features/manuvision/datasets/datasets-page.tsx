import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useSites } from '../../cloud/use-plant.ts';
import { useSiteDatasets } from '../shared/use-datasets.ts';
import type { Dataset } from '../types.ts';

/** Pictures of parts, by data set. */
export function DatasetsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { may } = useSession();
  const sites = useSites();
  const { data, error, refetch } = useSiteDatasets();
  const number = (key: 'good' | 'defects'): Column<Dataset> => ({
    ...{ key, title: t(`parts.labels.${key}`), align: 'right', searched: false },
    value: ({ counts }) => counts[key],
    render: ({ counts }) => format.number(counts[key], 0),
  });
  const columns: Column<Dataset>[] = [
    {
      key: 'name',
      title: t('parts.name'),
      value: ({ name }) => name,
      render: ({ name }) => <strong data-raw>{name}</strong>,
    },
    { key: 'site', title: t('shell.site'), value: ({ siteId }) => sites.find(({ id }) => id === siteId)?.name },
    number('good'),
    number('defects'),
    {
      key: 'classes',
      title: t('parts.classes'),
      value: ({ counts }) => counts.classes.map(({ name, count }) => `${name} ${count}`).join(t('listSeparator')),
      render: ({ counts }) => (
        <span data-raw>
          {counts.classes.map(({ name, count }) => `${name} ${count}`).join(t('listSeparator')) || '–'}
        </span>
      ),
    },
    {
      key: 'since',
      title: t('parts.since'),
      searched: false,
      value: ({ createdAt }) => createdAt,
      render: ({ createdAt }) => format.minute(createdAt),
    },
  ];
  return (
    <>
      <PageHeader page="datasets" />
      <DataTable<Dataset>
        name="datasets"
        rows={data}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => navigate(`/parts/pictures/${id}`)}
        empty={
          <EmptyState title={t('parts.dataset.empty')} text={t('parts.dataset.emptyNext')}>
            {may('manuvision.inspection.write') && (
              <Link to="/parts/inspections/new">
                <Button type="primary" tabIndex={-1}>
                  {t('parts.new')}
                </Button>
              </Link>
            )}
          </EmptyState>
        }
      />
    </>
  );
}
