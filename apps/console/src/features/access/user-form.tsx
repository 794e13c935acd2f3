import { Button, Drawer, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Role, User } from '../../api/types.ts';
import { useFieldErrors } from '../../components/use-field-errors.ts';
import { roles } from './roles.ts';
import { SiteField } from './site-field.tsx';
import { useChangeUser, useCreateUser } from './use-access.ts';

interface UserFormProps {
  /** Left out for a new one. */
  readonly user: User | undefined;
  onClose(): void;
  onPassword(password: string): void;
}

interface Fields {
  name: string;
  displayName: string;
  role: Role;
  siteIds: string[] | null;
}

export function UserForm({ user, onClose, onPassword }: UserFormProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const fieldErrors = useFieldErrors(form);
  const create = useCreateUser();
  const change = useChangeUser();
  const save = async ({ name, ...fields }: Fields) => {
    if (user) await change.mutateAsync({ id: user.id, ...fields });
    else onPassword((await create.mutateAsync({ name, ...fields })).password);
    onClose();
  };
  return (
    <Drawer open size={420} title={user ? user.name : t('access.users.new')} onClose={onClose}>
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={user ?? { role: 'viewer', displayName: '', siteIds: null }}
        onFinish={(fields) => void save(fields).catch(fieldErrors)}
      >
        {!user && (
          <Form.Item
            name="name"
            label={t('access.name')}
            rules={[{ required: true, max: 80 }]}
            extra={t('access.users.nameHint')}
          >
            <Input autoFocus autoComplete="off" />
          </Form.Item>
        )}
        <Form.Item name="displayName" label={t('access.displayName')}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={t('access.role')}>
          <Select
            options={roles.map((value) => ({ value, label: `${t(`roles.${value}`)}: ${t(`roleHints.${value}`)}` }))}
          />
        </Form.Item>
        <Form.Item name="siteIds" label={t('access.sites')}>
          <SiteField />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={create.isPending || change.isPending}>
          {t(user ? 'actions.save' : 'actions.create')}
        </Button>
      </Form>
    </Drawer>
  );
}
