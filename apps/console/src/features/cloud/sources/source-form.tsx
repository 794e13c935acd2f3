import { Button, Drawer, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSite } from '../../../app/site.tsx';
import { useSites } from '../use-plant.ts';
import { defaultsOf, fieldsOf, withoutEmpty } from './schema-fields.ts';
import { SchemaForm } from './schema-form.tsx';
import { useKindName } from './use-kind-name.ts';
import { type NewSource, useCreateSource, useSourceKinds } from './use-source-changes.ts';

interface SourceFormProps {
  onClose(): void;
  onDone(id: string): void;
}

/** A new source: where, what kind, and the settings of that kind. */
export function SourceForm({ onClose, onDone }: SourceFormProps) {
  const { t } = useTranslation();
  const { siteId } = useSite();
  const sites = useSites();
  const kindName = useKindName();
  const { data: kinds = [] } = useSourceKinds();
  const create = useCreateSource();
  const [form] = Form.useForm<NewSource>();
  const kind = Form.useWatch('kind', form);
  const schema = kinds.find((each) => each.kind === kind)?.schema;
  const save = async (fields: NewSource) => {
    const config = (withoutEmpty(fields.config ?? {}) ?? {}) as NewSource['config'];
    onDone((await create.mutateAsync({ ...fields, config })).id);
    onClose();
  };
  return (
    <Drawer open size={720} title={t('cloud.sources.new')} onClose={onClose}>
      <Form<NewSource>
        form={form}
        layout="vertical"
        initialValues={{ siteId: siteId ?? sites[0]?.id }}
        onFinish={(fields) => void save(fields).catch(() => undefined)}
        onValuesChange={(changed: Partial<NewSource>) => {
          const next = kinds.find((each) => each.kind === changed.kind);
          if (next) form.setFieldValue('config', defaultsOf(fieldsOf(next.schema)));
        }}
      >
        <Form.Item name="siteId" label={t('shell.site')} rules={[{ required: true }]}>
          <Select options={sites.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <Form.Item name="name" label={t('cloud.sources.name')} rules={[{ required: true, max: 200 }]}>
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="kind" label={t('cloud.sources.kind')} rules={[{ required: true }]}>
          <Select
            options={[...kinds.map((each) => each.kind), 'file'].map((value) => ({ value, label: kindName(value) }))}
          />
        </Form.Item>
        {schema && <SchemaForm fields={fieldsOf(schema)} path={['config']} />}
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {t('actions.create')}
        </Button>
      </Form>
    </Drawer>
  );
}
