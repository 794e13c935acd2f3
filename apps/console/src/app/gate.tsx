import { lazy, Suspense } from 'react';
import { ErrorNotice } from '../components/error-notice.tsx';
import { Splash } from '../components/splash.tsx';
import { SessionProvider, useSessionQuery } from './session.tsx';

const SignInPage = lazy(async () => ({ default: (await import('../features/account/sign-in-page.tsx')).SignInPage }));
const FirstPasswordPage = lazy(async () => ({
  default: (await import('../features/account/first-password-page.tsx')).FirstPasswordPage,
}));
const Inside = lazy(async () => ({ default: (await import('./inside.tsx')).Inside }));

/** Decides what a visitor sees: sign-in, the change of a one-time password, or the console. */
export function Gate() {
  const { data: session, error, refetch } = useSessionQuery();
  if (session === undefined)
    return error ? <ErrorNotice error={error} onRetry={() => void refetch()} page /> : <Splash />;
  return (
    <Suspense fallback={<Splash />}>
      {!session?.user ? (
        <SignInPage />
      ) : session.user.mustChangePassword ? (
        <FirstPasswordPage user={session.user} />
      ) : (
        <SessionProvider session={session}>
          <Inside />
        </SessionProvider>
      )}
    </Suspense>
  );
}
