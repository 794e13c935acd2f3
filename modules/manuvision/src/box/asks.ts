import { z } from 'zod';
import { lineAct } from '../line/line-act.ts';
import { certificateTrust, lineCertificate } from '../line/opcua/line-certificates.ts';

/** What the server asks a box, beside what it is to do: the input of each question. */
export const boxAsks = {
  /** In the place of the line; answered by `lineActed`. */
  line: z.object({ stationId: z.uuid(), act: lineAct }),
  /** What the camera of a station sees now: `stillAnswer`. */
  still: z.object({ stationId: z.uuid(), width: z.number().int() }),
  /** Takes a picture and judges it: `verdictSchema`. */
  take: z.object({ stationId: z.uuid(), patienceMs: z.number().int() }),
  /** Whom its OPC UA trusts. */
  certificates: z.object({}),
  'certificate-trust': z.object({ thumbprint: z.string(), trust: certificateTrust }),
} as const;

export const certificatesAnswer = z.object({ items: z.array(lineCertificate) });
export const stillAnswer = z.object({ jpeg: z.base64() });
