import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Token } from '../../api/types.ts';
import { useFormat } from '../../app/i18n/use-format.ts';
import type { Column } from '../../components/data-table/column.ts';
import { ScopeList } from './scope-list.tsx';
import { TokenState, tokenState } from './token-state.tsx';
import { useRevokeToken } from './use-access.ts';

export function useTokenColumns(): Column<Token>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const revoke = useRevokeToken();
  const time = (key: 'createdAt' | 'expiresAt' | 'lastUsedAt', title: string, none: string): Column<Token> => ({
    key,
    title,
    value: (token) => token[key],
    searched: false,
    render: (token) => (token[key] ? format.minute(token[key]) : <span className="faint">{none}</span>),
  });
  return [
    { key: 'name', title: t('access.name'), value: ({ name }) => name, render: ({ name }) => <strong>{name}</strong> },
    { key: 'role', title: t('access.role'), value: ({ role }) => t(`roles.${role}`) },
    {
      key: 'scopes',
      title: t('access.tokens.scopes'),
      value: ({ scopes }) => scopes.join(' '),
      render: ({ scopes }) => <ScopeList scopes={scopes} />,
    },
    {
      key: 'state',
      title: t('access.state'),
      value: (token) => t(`access.tokenState.${tokenState(token)}`),
      render: (token) => <TokenState token={token} />,
    },
    { key: 'by', title: t('access.tokens.by'), value: ({ createdBy }) => createdBy },
    time('createdAt', t('access.created'), '–'),
    time('expiresAt', t('access.tokens.expires'), t('access.tokens.neverExpires')),
    time('lastUsedAt', t('access.tokens.lastUsed'), t('access.tokens.neverUsed')),
    {
      key: 'revoke',
      title: '',
      value: () => null,
      render: (token) =>
        tokenState(token) === 'active' && (
          <Popconfirm
            title={t('access.tokens.revokeAsk', { name: token.name })}
            description={t('access.tokens.revokeHint')}
            okText={t('access.tokens.revoke')}
            okButtonProps={{ danger: true }}
            onConfirm={() => revoke.mutate(token.id)}
          >
            <Button size="small" danger>
              {t('access.tokens.revoke')}
            </Button>
          </Popconfirm>
        ),
    },
  ];
}
