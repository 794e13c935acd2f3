import { QueryClientProvider } from '@tanstack/react-query';
import { AntdProvider } from './antd-provider.tsx';
import { Gate } from './gate.tsx';
import { createQueryClient } from './query-client.ts';
import { ThemeProvider } from './theme/theme-context.tsx';

const client = createQueryClient();

export function App() {
  return (
    <QueryClientProvider client={client}>
      <ThemeProvider>
        <AntdProvider>
          <Gate />
        </AntdProvider>
      </ThemeProvider>
    </QueryClientProvider>
  );
}
