import { Button, Drawer, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../api/types.ts';
import { useSession } from '../../app/session.tsx';
import { expiryAfter } from './expiry.ts';
import { roles } from './roles.ts';
import { ScopePicker } from './scope-picker.tsx';
import { SiteField } from './site-field.tsx';
import { useCreateToken } from './use-access.ts';

interface Fields {
  name: string;
  role: Role;
  scopes: string[];
  siteIds: string[] | null;
  days: number;
}

interface TokenFormProps {
  onClose(): void;
  onSecret(secret: string): void;
}

const lifetimes = [7, 30, 90, 365, 0];

export function TokenForm({ onClose, onSecret }: TokenFormProps) {
  const { t } = useTranslation();
  const { user } = useSession();
  const create = useCreateToken();
  const [form] = Form.useForm<Fields>();
  const role = Form.useWatch('role', form) ?? user.role;
  const save = async ({ days, ...fields }: Fields) => {
    const expiresAt = expiryAfter(days, Date.now());
    onSecret((await create.mutateAsync({ ...fields, expiresAt })).secret);
    onClose();
  };
  const offered = user.role === 'administrator' ? roles : [user.role];
  return (
    <Drawer open size={560} title={t('access.tokens.new')} onClose={onClose}>
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ role: user.role, scopes: [], siteIds: null, days: 90 }}
        onFinish={(fields) => void save(fields).catch(() => undefined)}
      >
        <Form.Item
          name="name"
          label={t('access.name')}
          rules={[{ required: true, max: 80 }]}
          extra={t('access.tokens.nameHint')}
        >
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={t('access.role')} extra={t('access.tokens.roleHint')}>
          <Select options={offered.map((value) => ({ value, label: t(`roles.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="scopes"
          label={t('access.tokens.scopes')}
          rules={[{ required: true, message: t('access.tokens.scopesMissing') }]}
        >
          <ScopePicker role={role} />
        </Form.Item>
        <Form.Item name="siteIds" label={t('access.sites')}>
          <SiteField />
        </Form.Item>
        <Form.Item name="days" label={t('access.tokens.expires')}>
          <Select
            options={lifetimes.map((value) => ({
              value,
              label: value === 0 ? t('access.tokens.neverExpires') : t('access.tokens.days', { n: value }),
            }))}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {t('actions.create')}
        </Button>
      </Form>
    </Drawer>
  );
}
