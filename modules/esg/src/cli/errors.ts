import { defineErrors, errorKind } from '@millwright/kernel';

/** What only the command line can refuse. */
export const cliErrors = defineErrors('esg', {
  ESG_SITE_UNKNOWN: errorKind<{ site: string; known: string[] }>({
    status: 404,
    message: ({ site, known }) => `There is no site ${site}; known are: ${known.join(', ') || 'none yet'}.`,
    remedy: 'Take one of these, or list the plant with `millwright cloud tree`.',
  }),
  ESG_REPLACEMENT_INVALID: errorKind<{ replace: string }>({
    status: 400,
    message: ({ replace }) => `--replace is "${replace}", which names no pairs of factors.`,
    remedy: 'Give it as OLD=NEW, several with commas between: cn-grid-ets-2021=cn-grid-ets-2022.',
  }),
});
