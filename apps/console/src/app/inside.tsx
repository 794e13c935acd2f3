import { RouterProvider } from 'react-router/dom';
import { router } from './router.tsx';
import { SiteProvider } from './site.tsx';

export function Inside() {
  return (
    <SiteProvider>
      <RouterProvider router={router} />
    </SiteProvider>
  );
}
