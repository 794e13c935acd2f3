import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../api/types.ts';
import { useSession } from '../../app/session.tsx';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { OneTimeSecret } from '../../components/one-time-secret.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useParameter } from '../../components/use-parameter.ts';
import { RolePanel } from './role-panel.tsx';
import { roles } from './roles.ts';
import { useUsers } from './use-access.ts';
import { useUserColumns } from './use-user-columns.tsx';
import { UserForm } from './user-form.tsx';

export function UsersPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { data, error, refetch } = useUsers();
  const [role, setRole] = useParameter('role');
  const [edited, setEdited] = useState<User | 'new'>();
  const [password, setPassword] = useState<string>();
  const columns = useUserColumns(setPassword);
  const manages = may('access.user.manage');
  return (
    <>
      <PageHeader page="users">
        {manages && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
            {t('access.users.new')}
          </Button>
        )}
      </PageHeader>
      <DataTable<User>
        name="users"
        rows={data?.filter((user) => !role || user.role === role)}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={manages ? setEdited : undefined}
        filters={
          <FilterSelect
            label={t('access.role')}
            value={role}
            onChange={setRole}
            options={roles.map((value) => ({ value, label: t(`roles.${value}`) }))}
          />
        }
        empty={<EmptyState title={t('access.users.empty')} text={t('access.users.emptyNext')} />}
      />
      <RolePanel />
      {edited && (
        <UserForm
          user={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onPassword={setPassword}
        />
      )}
      <OneTimeSecret
        title={t('access.users.passwordTitle')}
        secret={password}
        hint={t('access.users.passwordHint')}
        onClose={() => setPassword(undefined)}
      />
    </>
  );
}
