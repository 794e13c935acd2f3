import { Button, Drawer, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSite } from '../../../app/site.tsx';
import { useFieldErrors } from '../../../components/use-field-errors.ts';
import { useSites } from '../../cloud/use-plant.ts';
import type { NewAttribute } from '../types.ts';
import { PartField } from './part-field.tsx';
import { useCreateAttribute } from './use-attributes.ts';

/** As long as a rule may name it. */
const longestName = 64;

/** Names something to teach, and says on which part of the body it is worn. */
export function AttributeForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { siteId } = useSite();
  const sites = useSites();
  const create = useCreateAttribute();
  const [form] = Form.useForm<NewAttribute>();
  const fieldErrors = useFieldErrors(form);
  const save = async (fields: NewAttribute) => {
    const { id } = await create.mutateAsync(fields);
    onClose();
    navigate(`/video/attributes/${id}`);
  };
  return (
    <Drawer open size={480} title={t('video.attributes.new')} onClose={onClose}>
      <Form<NewAttribute>
        form={form}
        layout="vertical"
        initialValues={{ siteId: siteId ?? sites[0]?.id, part: 'head' }}
        onFinish={(fields) => void save(fields).catch(fieldErrors)}
      >
        <Form.Item
          name="name"
          label={t('video.attributes.name')}
          extra={t('video.attributes.nameHint')}
          rules={[{ required: true, max: longestName }]}
        >
          <Input autoFocus autoComplete="off" placeholder={t('video.attributes.nameExample')} />
        </Form.Item>
        <Form.Item name="part" label={t('video.attributes.part')} rules={[{ required: true }]}>
          <PartField />
        </Form.Item>
        <Form.Item name="siteId" label={t('shell.site')} rules={[{ required: true }]}>
          <Select options={sites.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {t('video.attributes.create')}
        </Button>
      </Form>
    </Drawer>
  );
}
