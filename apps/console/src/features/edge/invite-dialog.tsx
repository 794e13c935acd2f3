import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSite } from '../../app/site.tsx';
import { useFieldErrors } from '../../components/use-field-errors.ts';
import { useSites } from '../cloud/use-plant.ts';
import { useInvite } from './use-edge.ts';

interface InviteDialogProps {
  onClose(): void;
  /** The line to paste on the box. */
  onCode(code: string): void;
}

/** A name and a site for a new box; the code that comes of it is shown once. */
export function InviteDialog({ onClose, onCode }: InviteDialogProps) {
  const { t } = useTranslation();
  const { siteId } = useSite();
  const sites = useSites();
  const invite = useInvite();
  const [form] = Form.useForm<{ name: string; siteId: string }>();
  const fieldErrors = useFieldErrors(form);
  const save = async (fields: { name: string; siteId: string }) => {
    const { code } = await invite.mutateAsync(fields);
    onCode(code);
    onClose();
  };
  return (
    <Modal
      open
      title={t('edge.invite')}
      okText={t('edge.makeCode')}
      confirmLoading={invite.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ siteId: siteId ?? sites[0]?.id }}
        onFinish={(fields) => void save(fields).catch(fieldErrors)}
      >
        <Form.Item name="siteId" label={t('shell.site')} rules={[{ required: true }]}>
          <Select options={sites.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <Form.Item name="name" label={t('edge.name')} rules={[{ required: true, max: 100 }]}>
          <Input autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
