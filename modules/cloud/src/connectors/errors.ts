import { defineErrors, errorKind, type Reason } from '@millwright/kernel';

export const connectorErrors = defineErrors('cloud', {
  CONNECTOR_UNKNOWN: errorKind<{ kind: string; known: readonly string[] }>({
    status: 422,
    message: ({ kind, known }) => `No connector is called "${kind}". Known kinds: ${known.join(', ')}.`,
    remedy: 'Use one of them.',
  }),
  CONNECTOR_NOT_ONLINE: errorKind<{ kind: string; reason: Reason }>({
    status: 409,
    message: ({ kind, reason }) => `The ${kind} source cannot be browsed because it is not connected: ${reason}.`,
    remedy: 'Wait until the source is online, or correct its address.',
  }),
  CONNECTOR_CERTIFICATE_UNKNOWN: errorKind<{ thumbprint: string }>({
    status: 404,
    message: ({ thumbprint }) => `No certificate of this source has the thumbprint ${thumbprint}.`,
    remedy: 'List the certificates of the source; one appears after its server was reached for the first time.',
  }),
  CONNECTOR_PAYLOAD_MALFORMED: errorKind<{ what: string; reason: Reason }>({
    status: 400,
    message: ({ what, reason }) => `The ${what} cannot be read: ${reason}.`,
    remedy: 'Correct the sender; the raw payload is kept with the rejection.',
  }),
  CONNECTOR_REGISTER_MAP_INVALID: errorKind<{ problems: readonly string[] }>({
    status: 422,
    message: ({ problems }) => `The register map has ${problems.length} problem(s):\n  - ${problems.join('\n  - ')}\n`,
    remedy: 'Correct the lines named and import it again.',
  }),
});
