import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useSites } from '../../cloud/use-plant.ts';
import type { Attribute } from '../types.ts';
import { AccuracyBar } from './accuracy-bar.tsx';
import { AttributeForm } from './attribute-form.tsx';
import { bodyParts } from './body-parts.ts';
import { useSiteAttributes } from './use-attributes.ts';

/** What was taught, how well it is told, and where it is in use. */
export function AttributesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { may } = useSession();
  const sites = useSites();
  const { data, error, refetch } = useSiteAttributes();
  const [part, setPart] = useParameter('part');
  const [creating, setCreating] = useState(false);
  const usedWhere = ({ activeVersion, cameras }: Attribute): string => {
    if (activeVersion === null) return t('video.attributes.unused');
    return cameras === null ? t('video.attributes.everywhere') : t('video.attributes.onCameras', { n: cameras.length });
  };
  const number = (key: 'present' | 'absent'): Column<Attribute> => ({
    ...{ key, title: t(`video.attributes.${key}`), align: 'right', searched: false },
    value: ({ counts }) => counts[key],
    render: ({ counts }) => format.number(counts[key], 0),
  });
  const columns: Column<Attribute>[] = [
    {
      key: 'name',
      title: t('video.attributes.name'),
      value: ({ name }) => name,
      render: ({ name }) => <strong data-raw>{name}</strong>,
    },
    { key: 'part', title: t('video.attributes.part'), value: (row) => t(`video.attributes.parts.${row.part}`) },
    { key: 'site', title: t('shell.site'), value: ({ siteId }) => sites.find(({ id }) => id === siteId)?.name },
    number('present'),
    number('absent'),
    {
      key: 'version',
      title: t('video.attributes.version'),
      align: 'right',
      value: ({ newestVersion }) => newestVersion,
      render: ({ newestVersion }) => (newestVersion === 0 ? format.number(null) : newestVersion),
    },
    {
      key: 'accuracy',
      title: t('video.attributes.accuracy'),
      searched: false,
      value: ({ accuracy }) => accuracy?.value ?? null,
      render: (row) =>
        row.accuracy ? (
          <AccuracyBar accuracy={row.accuracy} />
        ) : (
          <span className="faint">
            {t(row.newestVersion === 0 ? 'video.attributes.untaught' : 'video.attributes.untested')}
          </span>
        ),
      width: 250,
    },
    {
      key: 'use',
      title: t('video.attributes.view.use'),
      value: (row) => usedWhere(row),
      render: (row) => <StateMark tone={row.activeVersion === null ? 'idle' : 'good'}>{usedWhere(row)}</StateMark>,
    },
  ];
  const create = may('matrixvision.attribute.write') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('video.attributes.new')}
    </Button>
  );
  return (
    <>
      <PageHeader page="attributes">{create}</PageHeader>
      <DataTable<Attribute>
        name="attributes"
        rows={data?.filter((row) => part === undefined || row.part === part)}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => navigate(`/video/attributes/${id}`)}
        filters={
          <FilterSelect
            label={t('video.attributes.part')}
            value={part}
            onChange={setPart}
            options={bodyParts.map((value) => ({ value, label: t(`video.attributes.parts.${value}`) }))}
          />
        }
        empty={
          part === undefined ? (
            <EmptyState title={t('video.attributes.empty')} text={t('video.attributes.emptyNext')}>
              {create}
            </EmptyState>
          ) : (
            t('table.nothingFound')
          )
        }
      />
      {creating && <AttributeForm onClose={() => setCreating(false)} />}
    </>
  );
}
