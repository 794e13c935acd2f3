import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useChangePassword } from './use-sign-in.ts';

interface PasswordFormProps {
  /** The one-time password is called what it is. */
  readonly oneTime?: boolean;
  onDone?(): void;
}

interface Fields {
  current: string;
  next: string;
  again: string;
}

/** The server's own least length; it also refuses the common ones. */
const leastLength = 10;

export function PasswordForm({ oneTime = false, onDone }: PasswordFormProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const change = useChangePassword();
  const finished = () => {
    form.resetFields();
    onDone?.();
  };
  const save = ({ current, next }: Fields) => change.mutate({ current, next }, { onSuccess: finished });
  return (
    <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={save}>
      <Form.Item
        name="current"
        label={t(oneTime ? 'password.oneTime' : 'password.current')}
        rules={[{ required: true }]}
      >
        <Input.Password autoFocus={oneTime} autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t('password.next')}
        extra={t('password.hint', { n: leastLength })}
        rules={[{ required: true, min: leastLength }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('password.again')}
        dependencies={['next']}
        rules={[
          { required: true },
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              !value || value === getFieldValue('next')
                ? Promise.resolve()
                : Promise.reject(new Error(t('password.differs'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {change.error && (
        <Form.Item>
          <ErrorNotice error={change.error} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t('password.submit')}
      </Button>
    </Form>
  );
}
