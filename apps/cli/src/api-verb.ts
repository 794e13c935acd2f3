import type { Verb } from '@millwright/kernel';
import { jsonArgument } from '@millwright/kernel/node';
import { cliErrors } from './errors.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const usage = 'millwright api GET|POST|PUT|PATCH|DELETE PATH [--body JSON|@FILE] [--file FILE] [--output FILE]';

/** Whatever has no command of its own is still within reach of a script. */
export const apiVerb: Verb = {
  name: 'api',
  summary: 'Call any route of the API; /api/openapi.json lists them all.',
  arguments: [
    { name: 'METHOD', summary: 'GET, POST, PUT, PATCH or DELETE.' },
    { name: 'PATH', summary: 'e.g. "/api/cloud/points?search=press".' },
  ],
  options: [
    { name: 'body', summary: 'JSON to send, or @FILE with it.', placeholder: 'JSON' },
    { name: 'file', summary: 'File to send as it is, for uploads.', placeholder: 'FILE' },
    { name: 'output', summary: 'File to write the answer of a GET to.', placeholder: 'FILE' },
  ],
  run: async ({ call, download, arguments: given, options }) => {
    const method = methods.find((one) => one === given.METHOD?.toUpperCase());
    if (!method) throw cliErrors.OPTION_INVALID({ reason: `${given.METHOD} is not a method`, usage });
    const { body, file, output } = options;
    if (typeof output === 'string') {
      if (method !== 'GET') throw cliErrors.OPTION_INVALID({ reason: '--output goes with GET', usage });
      const { bytes, sha256 } = await download(given.PATH!, output);
      return { file: output, bytes, sha256 };
    }
    const request = {
      body: typeof body === 'string' ? await jsonArgument(body, '--body') : undefined,
      file: typeof file === 'string' ? file : undefined,
    };
    return (await call<object | null>(method, given.PATH!, request)) ?? {};
  },
};
