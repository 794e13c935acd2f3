import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../api/client.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { HashText } from '../../../components/hash-text.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import type { Station } from '../types.ts';
import styles from './line.module.css';

/** Who spoke OPC UA with the machine that judges: one whose certificate nobody has trusted is not spoken to. */
export function Certificates({ station: { boxId } }: { station: Station }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { failed } = useNotify();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const query = boxId === null ? {} : { boxId };
  const queryKey = ['manuvision', 'line-certificates', boxId];
  const { data, error, refetch } = useQuery({
    ...{ queryKey, enabled: isOpen },
    queryFn: async () => (await answer(api.GET('/api/manuvision/line/certificates', { params: { query } }))).items,
  });
  const change = useMutation({
    mutationFn: ({ thumbprint, trust }: { thumbprint: string; trust: 'trusted' | 'rejected' }) =>
      answer(
        api.PUT('/api/manuvision/line/certificates/{thumbprint}', {
          params: { path: { thumbprint }, query },
          body: { trust },
        }),
      ),
    onError: failed,
    onSuccess: ({ items }) => client.setQueryData(queryKey, items),
  });
  return (
    <details className={styles.faults} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('parts.line.certificates.title')}</summary>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className="soft">{t('parts.line.certificates.none')}</p>}
      <ul>
        {data?.map(({ thumbprint, subject, validTo, trust }) => {
          const next = trust === 'trusted' ? 'rejected' : 'trusted';
          return (
            <li key={thumbprint}>
              <span data-raw>{subject}</span> · <HashText hash={thumbprint} /> ·{' '}
              {t('parts.line.until', { at: format.date(validTo) })} · {t(`parts.line.certificates.${trust}`)}{' '}
              <Popconfirm
                title={t('parts.line.certificates.hint')}
                onConfirm={() => change.mutate({ thumbprint, trust: next })}
              >
                <Button size="small" loading={change.isPending}>
                  {t(`parts.line.certificates.make.${next}`)}
                </Button>
              </Popconfirm>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
