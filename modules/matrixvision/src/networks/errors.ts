import { defineErrors, errorKind } from '@millwright/kernel';

export const networkErrors = defineErrors('matrixvision-network', {
  NETWORK_OF_ALL_SITES: errorKind<{ actor: string }>({
    status: 403,
    message: ({ actor }) => `${actor} has rights on some sites only, and a network that may be reached holds for all.`,
    remedy: 'Ask an administrator of all sites.',
  }),
  NETWORK_UNKNOWN: errorKind<{ network: string; known: readonly string[] }>({
    status: 404,
    message: ({ network, known }) => `${network} is not among the networks that were allowed: ${known.join(', ')}.`,
    remedy: 'Name one of these; those of the setting allowedNetworks are changed in the configuration.',
  }),
});
