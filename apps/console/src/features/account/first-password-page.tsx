import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { User } from '../../api/types.ts';
import { useSignOut } from '../../app/shell/use-sign-out.ts';
import { PasswordForm } from './password-form.tsx';
import { SignInFrame } from './sign-in-frame.tsx';

/** Between the first sign-in and everything else. */
export function FirstPasswordPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <SignInFrame title={t('password.firstTitle')} text={t('password.firstText', { name: user.name })}>
      <PasswordForm oneTime />
      <Button type="link" onClick={() => signOut()} style={{ paddingInline: 0, marginTop: 12 }}>
        {t('shell.signOut')}
      </Button>
    </SignInFrame>
  );
}
