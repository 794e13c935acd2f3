import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './build/precompress.ts';

const server = process.env.MILLWRIGHT_SERVER ?? 'http://localhost:7300';

export default defineConfig({
  plugins: [react(), precompress()],
  build: {
    target: 'es2023',
    // Read by the test that holds the first page to its size.
    manifest: true,
    chunkSizeWarningLimit: 700,
  },
  server: {
    // The page's own host is passed on: the server refuses a session's request from another origin.
    proxy: { '/api': { target: server, ws: true, changeOrigin: false } },
  },
});
