import { createBrowserRouter } from 'react-router';
import { NotFound } from './not-found.tsx';
import { PageError } from './page-error.tsx';
import { loadPage, pages } from './pages.ts';
import { Shell } from './shell/shell.tsx';

export const router = createBrowserRouter([
  {
    path: '/',
    Component: Shell,
    HydrateFallback: () => null,
    children: [
      ...pages.map((page) => ({
        path: page.path,
        ErrorBoundary: PageError,
        lazy: async () => ({ Component: await loadPage(page) }),
      })),
      { path: '*', Component: NotFound },
    ],
  },
]);
