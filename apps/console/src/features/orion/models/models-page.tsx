import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { type Model, useModels } from './use-models.ts';

export function ModelsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { data, error, refetch } = useModels();
  const columns: Column<Model>[] = [
    { key: 'name', title: t('learning.columns.name'), value: ({ name }) => name },
    { key: 'family', title: t('learning.columns.family'), value: ({ family }) => family },
    { key: 'place', title: t('learning.columns.place'), value: ({ place }) => place },
    ...(['live', 'shadow', 'newest'] as const).map(
      (which): Column<Model> => ({
        ...{ key: which, title: t(`learning.columns.${which}`), align: 'right', searched: false },
        value: (model) => model[`${which}Version`],
      }),
    ),
    {
      key: 'at',
      title: t('learning.columns.at'),
      value: ({ createdAt }) => createdAt,
      searched: false,
      render: ({ createdAt }) => format.dateTime(createdAt),
    },
  ];
  return (
    <>
      <PageHeader page="models" />
      <DataTable
        name="models"
        rows={data}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id, link }) => void navigate(link ?? `/learning/models/${id}`)}
        empty={<EmptyState title={t('learning.noModels')} text={t('learning.noModelsNext')} />}
      />
    </>
  );
}
