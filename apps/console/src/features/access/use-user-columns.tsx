import { useTranslation } from 'react-i18next';
import type { User } from '../../api/types.ts';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useSession } from '../../app/session.tsx';
import type { Column } from '../../components/data-table/column.ts';
import { useSiteNames } from './use-site-names.ts';
import { UserActions } from './user-actions.tsx';
import { UserState, userState } from './user-state.tsx';

export function useUserColumns(onPassword: (password: string) => void): Column<User>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const siteNames = useSiteNames();
  const columns: Column<User>[] = [
    { key: 'name', title: t('access.name'), value: ({ name }) => name, render: ({ name }) => <strong>{name}</strong> },
    { key: 'displayName', title: t('access.displayName'), value: ({ displayName }) => displayName },
    { key: 'role', title: t('access.role'), value: ({ role }) => t(`roles.${role}`) },
    { key: 'sites', title: t('access.sites'), value: ({ siteIds }) => siteNames(siteIds) },
    {
      key: 'state',
      title: t('access.state'),
      value: (user) => t(`access.userState.${userState(user)}`),
      render: (user) => <UserState user={user} />,
    },
    {
      key: 'created',
      title: t('access.created'),
      value: ({ createdAt }) => createdAt,
      searched: false,
      render: ({ createdAt }) => format.date(createdAt),
    },
  ];
  if (!may('access.user.manage')) return columns;
  const render = (user: User) => <UserActions user={user} onPassword={onPassword} />;
  return [...columns, { key: 'actions', title: '', value: () => null, render, align: 'right' }];
}
