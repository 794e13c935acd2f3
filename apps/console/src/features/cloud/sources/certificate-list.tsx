import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../api/client.ts';
import type { Item, Source } from '../../../api/types.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { HashText } from '../../../components/hash-text.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { useNotify } from '../../../components/use-notify.ts';

type Certificate = Item<'/api/cloud/sources/{id}/certificates'>;

const lookAgainMs = 3_000;

/** The certificates a server has shown: one that nobody has trusted is not talked to. */
export function CertificateList({ source }: { source: Source }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const { failed } = useNotify();
  const client = useQueryClient();
  const key = ['cloud', 'certificates', source.id];
  const path = { id: source.id };
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async () => (await answer(api.GET('/api/cloud/sources/{id}/certificates', { params: { path } }))).items,
    // A server shows its certificate whenever the source next tries.
    refetchInterval: lookAgainMs,
  });
  const change = useMutation({
    mutationFn: ({ thumbprint, trust }: Pick<Certificate, 'thumbprint' | 'trust'>) =>
      answer(
        api.PUT('/api/cloud/sources/{id}/certificates/{thumbprint}', {
          params: { path: { ...path, thumbprint } },
          body: { trust },
        }),
      ),
    onError: failed,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: key }),
        client.invalidateQueries({ queryKey: ['cloud', 'sources'] }),
      ]),
  });
  return (
    <DataTable<Certificate>
      name="certificates"
      rows={data}
      rowKey={({ thumbprint }) => thumbprint}
      error={error}
      onRetry={() => void refetch()}
      empty={<EmptyState title={t('cloud.certificates.empty')} text={t('cloud.certificates.emptyNext')} />}
      columns={[
        { key: 'subject', title: t('cloud.certificates.subject'), value: ({ subject }) => subject },
        {
          key: 'thumbprint',
          title: t('cloud.certificates.thumbprint'),
          value: ({ thumbprint }) => thumbprint,
          render: ({ thumbprint }) => <HashText hash={thumbprint} />,
        },
        {
          key: 'validTo',
          title: t('cloud.certificates.validTo'),
          value: ({ validTo }) => validTo,
          render: ({ validTo }) => format.date(validTo),
        },
        {
          key: 'trust',
          title: t('access.state'),
          value: ({ trust }) => t(`cloud.certificates.${trust}`),
          render: ({ trust }) => (
            <StateMark tone={trust === 'trusted' ? 'good' : 'bad'}>{t(`cloud.certificates.${trust}`)}</StateMark>
          ),
        },
        {
          key: 'change',
          title: '',
          value: () => null,
          render: ({ thumbprint, trust }) => {
            const next = trust === 'trusted' ? 'rejected' : 'trusted';
            return (
              may('cloud.source.write') && (
                <Popconfirm
                  title={t(`cloud.certificates.ask.${next}`)}
                  description={t('cloud.certificates.hint')}
                  onConfirm={() => change.mutate({ thumbprint, trust: next })}
                >
                  <Button size="small">{t(`cloud.certificates.make.${next}`)}</Button>
                </Popconfirm>
              )
            );
          },
        },
      ]}
    />
  );
}
