import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../api/client.ts';
import { useNotify } from '../../../components/use-notify.ts';
import { useSources } from '../use-cloud.ts';

interface Fields {
  username: string;
  publish?: string[];
  subscribe?: string[];
  sourceId?: string;
}

interface ClientFormProps {
  onClose(): void;
  onPassword(password: string): void;
}

export function ClientForm({ onClose, onPassword }: ClientFormProps) {
  const { t } = useTranslation();
  const { failed } = useNotify();
  const queries = useQueryClient();
  const { data: sources = [] } = useSources();
  const create = useMutation({
    mutationFn: ({ username, publish = [], subscribe = [], sourceId = '' }: Fields) =>
      answer(
        api.POST('/api/cloud/broker-clients', {
          body: { username, publish, subscribe, sourceId: sourceId || null },
        }),
      ),
    onError: failed,
    onSuccess: ({ password }) => {
      onPassword(password);
      onClose();
      return queries.invalidateQueries({ queryKey: ['cloud', 'broker-clients'] });
    },
  });
  const topics = (name: 'publish' | 'subscribe') => (
    <Form.Item name={name} label={t(`cloud.clients.${name}`)} extra={t(`cloud.clients.${name}Hint`)}>
      <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ']} />
    </Form.Item>
  );
  return (
    <Drawer open size={440} title={t('cloud.clients.new')} onClose={onClose}>
      <Form<Fields> layout="vertical" onFinish={(fields) => create.mutate(fields)}>
        <Form.Item name="username" label={t('cloud.clients.username')} rules={[{ required: true, max: 100 }]}>
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        {topics('publish')}
        {topics('subscribe')}
        <Form.Item name="sourceId" label={t('cloud.points.source')}>
          <Select allowClear options={sources.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {t('actions.create')}
        </Button>
      </Form>
    </Drawer>
  );
}
