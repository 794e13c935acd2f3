import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useNote } from '../../app/i18n/use-note.ts';
import { useSession } from '../../app/session.tsx';
import type { Column } from '../../components/data-table/column.ts';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { OneTimeSecret } from '../../components/one-time-secret.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useParameter } from '../../components/use-parameter.ts';
import { BoxDrawer } from './box-drawer.tsx';
import { BoxState } from './box-state.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { Rollouts } from './rollouts.tsx';
import type { Box } from './types.ts';
import { useBoxes } from './use-edge.ts';

/** All boxes beside cameras and stations, how they are, and what is being brought to them. */
export function BoxesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const { data, error, refetch } = useBoxes();
  const [openId, choose] = useParameter('box');
  const [inviting, setInviting] = useState(false);
  const [code, setCode] = useState<string>();
  const say = useNote();
  const troubles = ({ errors, refused }: Box) =>
    [
      ...errors.map(({ part, message }) => `${part}: ${message}`),
      ...refused.map(({ part, reason }) => `${part}: ${say(reason)}`),
    ].join('; ');
  const number = (value: number | null | undefined, digits = 0) =>
    value === null || value === undefined ? '–' : format.number(value, digits);
  const columns: Column<Box>[] = [
    { key: 'name', title: t('edge.name'), value: ({ name }) => name },
    { key: 'site', title: t('shell.site'), value: ({ siteName }) => siteName },
    {
      key: 'state',
      title: t('edge.stateTitle'),
      value: ({ state }) => t(`edge.state.${state}`),
      render: (box) => <BoxState box={box} />,
    },
    {
      key: 'contact',
      title: t('edge.contact'),
      value: ({ contactAt }) => contactAt,
      render: ({ contactAt }) =>
        contactAt ? (
          <time dateTime={contactAt} title={format.dateTime(contactAt)} className="nowrap">
            {format.ago(contactAt)}
          </time>
        ) : (
          '–'
        ),
      searched: false,
    },
    {
      key: 'revision',
      title: t('edge.revision'),
      value: ({ revision, desiredRevision }) => `${revision ?? '–'} / ${desiredRevision}`,
      render: ({ revision, desiredRevision, held }) =>
        `${revision ?? '–'} / ${desiredRevision}${held ? ` · ${t('edge.heldShort')}` : ''}`,
    },
    {
      key: 'cpu',
      align: 'right',
      title: t('edge.cpu'),
      value: ({ report }) => report?.health.cpu ?? null,
      render: ({ report }) => number(report?.health.cpu == null ? null : report.health.cpu * 100),
    },
    {
      key: 'temperature',
      align: 'right',
      title: t('edge.temperature'),
      value: ({ report }) => report?.health.temperature ?? null,
      render: ({ report }) => number(report?.health.temperature, 1),
    },
    {
      key: 'waiting',
      align: 'right',
      title: t('edge.waiting'),
      value: ({ report }) => report?.health.outbox.waiting ?? null,
      render: ({ report }) => number(report?.health.outbox.waiting),
    },
    {
      key: 'errors',
      title: t('edge.errors'),
      value: troubles,
      render: (box) => <span className="soft wrap">{troubles(box)}</span>,
      width: 240,
    },
  ];
  const add = may('cloud.edge.manage') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setInviting(true)}>
      {t('edge.invite')}
    </Button>
  );
  return (
    <>
      <PageHeader page="edge-boxes">{add}</PageHeader>
      <DataTable<Box>
        name="edge-boxes"
        rows={data}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => choose(id)}
        isChosen={({ id }) => id === openId}
        empty={
          <EmptyState title={t('edge.empty')} text={t('edge.emptyNext')}>
            {add}
          </EmptyState>
        }
      />
      <Rollouts boxes={data ?? []} />
      {inviting && <InviteDialog onClose={() => setInviting(false)} onCode={setCode} />}
      <OneTimeSecret
        title={t('edge.codeTitle')}
        secret={code && `npx millwright edge run --server ${window.location.origin} --code ${code}`}
        hint={t('edge.codeHint')}
        onClose={() => setCode(undefined)}
      />
      {openId && <BoxDrawer key={openId} id={openId} onClose={() => choose(undefined)} onCode={setCode} />}
    </>
  );
}
