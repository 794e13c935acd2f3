import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { SignInFrame } from './sign-in-frame.tsx';
import { useSignIn } from './use-sign-in.ts';

export function SignInPage() {
  const { t } = useTranslation();
  const signIn = useSignIn();
  return (
    <SignInFrame title={t('signIn.title')} text={t('signIn.text')}>
      <Form layout="vertical" requiredMark={false} onFinish={signIn.mutate} size="large">
        <Form.Item name="name" label={t('signIn.name')} rules={[{ required: true }]}>
          <Input autoFocus autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {signIn.error && (
          <Form.Item>
            <ErrorNotice error={signIn.error} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
      </Form>
    </SignInFrame>
  );
}
