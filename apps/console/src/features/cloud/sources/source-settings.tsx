import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../api/types.ts';
import { useNotify } from '../../../components/use-notify.ts';
import { fieldsOf, withoutEmpty } from './schema-fields.ts';
import { SchemaForm } from './schema-form.tsx';
import { useChangeSource, useSourceKinds } from './use-source-changes.ts';

interface Fields {
  name: string;
  config?: Record<string, unknown>;
}

/** The settings of a source; saving them opens its connection anew. */
export function SourceSettings({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { done } = useNotify();
  const { data: kinds } = useSourceKinds();
  const change = useChangeSource();
  const schema = kinds?.find(({ kind }) => kind === source.kind)?.schema;
  const save = async ({ name, config }: Fields) => {
    await change.mutateAsync({
      id: source.id,
      name,
      ...(schema && { config: (withoutEmpty(config) ?? {}) as Record<string, unknown> }),
    });
    done(t('cloud.sources.saved'));
  };
  if (!kinds) return null;
  return (
    <Form<Fields>
      layout="vertical"
      initialValues={source}
      onFinish={(fields) => void save(fields).catch(() => undefined)}
    >
      <Form.Item name="name" label={t('cloud.sources.name')} rules={[{ required: true, max: 200 }]}>
        <Input />
      </Form.Item>
      {schema && <SchemaForm fields={fieldsOf(schema)} path={['config']} />}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t('actions.save')}
      </Button>
    </Form>
  );
}
