import { useRouteError } from 'react-router';
import { ErrorNotice } from '../components/error-notice.tsx';

/** A page that fails leaves the shell standing. After an update of the server its old chunks are gone: loading again mends it. */
export function PageError() {
  const error = useRouteError();
  return <ErrorNotice error={error} onRetry={() => location.reload()} page />;
}
