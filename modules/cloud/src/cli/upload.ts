import type { VerbContext } from '@millwright/kernel';

/** Hands the file named FILE to the server, which answers with its hash. */
export const upload = ({ call, arguments: given }: VerbContext) =>
  call<{ hash: string; size: number }>('POST', '/api/cloud/uploads', { file: given.FILE! });
